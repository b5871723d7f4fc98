"""What observers are told of all cases together, over SQLite and a real PostgreSQL."""

import asyncio
from typing import cast

import msgspec
import pytest

from persistence.database import Database
from persistence.journal import open_journal
from persistence.observers.summary import FRESH_S, Summaries, month
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.rooms.observing import DAY_MS, Permit
from tests.builders import AT
from tests.contract.test_observers import Counted
from tests.persistence.appends import opens

LATER = AT + 40 * DAY_MS
CASES = 25
READS = 4
"""Three pages of ten, and the one behind them."""

permit = Permit("corp", "pharma", frozenset({"HRESCH"}), 1)


class Steady:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
async def counted(database: Database, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """A database with cases that may be observed, and one that may not."""
    monkeypatch.setattr("persistence.observers.summary.PAGE", 10)
    journal = open_journal(cast(Sqlite | Postgres, database))
    for n in range(CASES):
        await journal.append(opens(f"case{n:02}", observers="live"))
    await journal.append(opens("own", observers="off"))
    await journal.close()
    return Counted(database)


async def test_a_summary_is_counted_page_by_page_and_once_a_minute(counted: Counted) -> None:
    clock = Steady()
    summaries = Summaries(cast(Database, counted), clock)
    found = await asyncio.gather(*(summaries.summary(permit, LATER) for _ in range(5)))
    assert [one.total for one in found] == [CASES] * 5
    assert found[0].columns == {month(AT): CASES}
    assert counted.calls["read"] == READS

    clock.now_s = FRESH_S - 1
    await summaries.summary(permit, LATER)
    assert counted.calls["read"] == READS
    clock.now_s = FRESH_S
    await summaries.summary(permit, LATER)
    assert counted.calls["read"] == 2 * READS


async def test_who_is_permitted_something_else_or_asks_in_another_month_is_told_so_at_once(counted: Counted) -> None:
    summaries = Summaries(cast(Database, counted), Steady())
    assert (await summaries.summary(permit, LATER)).total == CASES
    investor = msgspec.structs.replace(permit, kind="investor")
    assert (await summaries.summary(investor, LATER)).total == 0
    assert (await summaries.summary(permit, AT)).total == 0
