"""Pollers look again where something was written, and after a second at the latest."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from persistence.database import open_database
from persistence.journal import open_journal
from persistence.postgres import Postgres
from persistence.stillness import LONGEST_S, Stillness
from tests.persistence.counting import CountingSqlite
from tests.persistence.shop import Shop
from tests.persistence.switchboard import Switchboard
from tests.web.channels.couriers import courier

NOTED = text("CREATE TABLE IF NOT EXISTS noted (word TEXT)")
POLLS = 20


class Time:
    """A clock that goes on only where it is told to, and counts how often it is looked at."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self._missing = 0
        self._polled = asyncio.Event()

    def monotonic(self) -> float:
        self._missing -= 1
        if self._missing <= 0:
            self._polled.set()
        return self.now_s

    async def polled(self) -> None:
        """Return when somebody has polled a good many times more."""
        self._missing = POLLS
        self._polled.clear()
        async with asyncio.timeout(10):
            await self._polled.wait()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr("persistence.stillness.time", time)
    return time


async def write(database: CountingSqlite) -> None:
    await database.write(lambda session: session.connection().execute(NOTED))


async def test_one_looks_at_first_and_not_again_while_nothing_is_written(database: CountingSqlite, time: Time) -> None:
    stillness = Stillness(database)
    assert [stillness.broken() for _ in range(3)] == [True, False, False]
    await database.read(lambda session: session.connection().execute(text("SELECT 1")).all())
    assert not stillness.broken()


async def test_one_looks_again_after_a_write_of_either_kind(database: CountingSqlite, time: Time) -> None:
    stillness = Stillness(database)
    stillness.broken()
    await write(database)
    assert [stillness.broken(), stillness.broken()] == [True, False]
    await database.hand_over(lambda connection: connection.execute("INSERT INTO noted VALUES ('x')"))
    assert [stillness.broken(), stillness.broken()] == [True, False]


async def test_what_others_write_and_what_is_due_by_the_clock_is_looked_for_within_a_second(
    database: CountingSqlite, time: Time
) -> None:
    stillness = Stillness(database)
    stillness.broken()
    time.now_s += LONGEST_S - 0.01
    assert not stillness.broken()
    time.now_s += 0.01
    assert stillness.broken()


async def test_where_many_processes_write_one_always_looks(time: Time) -> None:
    database = open_database("postgresql://nobody@127.0.0.1:1/nothing")
    assert isinstance(database, Postgres)
    stillness = Stillness(database)
    assert [stillness.broken() for _ in range(3)] == [True] * 3
    await database.close()


@pytest.mark.parametrize("poller", ["worker", "pager", "courier"])
async def test_who_polls_reads_nothing_while_nothing_is_written(
    database: CountingSqlite, time: Time, shop: Shop, monkeypatch: pytest.MonkeyPatch, poller: str
) -> None:
    for module in ("persistence.worker", "persistence.paging.pager", "web.channels.courier"):
        monkeypatch.setattr(f"{module}.POLL_S", 0.0)
    journal = open_journal(database)
    run = {
        "worker": shop.worker(database, journal).run,
        "pager": Switchboard(database, journal).pager().run,
        "courier": courier(database, senders={}).run,
    }[poller]
    async with running(run):
        await time.polled()
        reads = database.reads
        await time.polled()
        assert database.reads == reads > 0
        await write(database)
        await time.polled()
        assert database.reads > reads
    await journal.close()


@asynccontextmanager
async def running(run: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
