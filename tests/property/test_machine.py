"""The promises hold whatever people do and whatever fails: over the memory backplane and SQLite.

`tests/contract/test_machine.py` runs the same over Redis and PostgreSQL.
"""

from pathlib import Path

import pytest

from tests.machine.ground import OnSqlite
from tests.machine.running import over, run


def test_the_promises_hold_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.following.HOLE_S", 0.0)
    with over(OnSqlite(tmp_path)) as machine:
        run(machine, examples=50, steps=60)
