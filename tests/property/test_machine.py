"""The promises hold whatever people do and whatever fails: over the memory backplane and SQLite.

`tests/contract/test_machine.py` runs the same over Redis and PostgreSQL.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase
from hypothesis.errors import Flaky

from tests.machine.ground import OnSqlite
from tests.machine.machine import RoomMachine
from tests.machine.plants import PLANTS, Plant
from tests.machine.running import over, run


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[RoomMachine]]:
    with over(OnSqlite(tmp_path_factory.mktemp("machine"))) as machine:
        yield machine


@pytest.fixture(autouse=True)
def _holes_are_filled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.host.HOLE_S", 0.0)


def test_the_promises_hold_whatever_happens(machine: type[RoomMachine]) -> None:
    run(machine, examples=60, steps=40)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_the_machine_finds(machine: type[RoomMachine], plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises((AssertionError, Flaky, TimeoutError, ValueError, ExceptionGroup)):
        run(machine, examples=200, steps=40, phases=[Phase.generate], report_multiple_bugs=False)
