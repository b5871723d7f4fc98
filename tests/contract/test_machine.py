"""The promises hold whatever people do and whatever fails: over a real Redis and a real PostgreSQL.

And the machine that says so finds the faults that are planted for it.
"""

from pathlib import Path

import pytest
from hypothesis import Phase
from hypothesis.errors import Flaky

from drill.servers import Postgres, Redis
from tests.contract.conftest import DATABASE
from tests.machine.ground import OnServers, OnSqlite
from tests.machine.plants import PLANTS, Plant
from tests.machine.running import over, run


@pytest.fixture(autouse=True)
def _holes_are_filled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.following.HOLE_S", 0.0)


def test_the_promises_hold_whatever_happens(redis_server: Redis, postgres_server: Postgres) -> None:
    with over(OnServers(postgres_server.database(DATABASE), redis_server)) as machine:
        run(machine, examples=10, steps=40)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_the_machine_finds(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with over(OnSqlite(tmp_path)) as machine, pytest.raises((AssertionError, Flaky, TimeoutError)):
        # The same fault need not come twice in the same way: threads and a disk are at work.
        run(machine, examples=200, steps=60, phases=[Phase.generate], report_multiple_bugs=False)
