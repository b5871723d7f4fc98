"""Pollers look again where something was written, and after a second at the latest."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from persistence.database import open_database
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from persistence.stillness import LONGEST_S, Stillness

NOTED = text("CREATE TABLE IF NOT EXISTS noted (word TEXT)")


class Time:
    """A clock that goes on by itself only where it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr("persistence.stillness.time", time)
    return time


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Sqlite]:
    database = Sqlite(str(tmp_path / "curbside.db"))
    yield database
    await database.close()


async def test_one_looks_at_first_and_not_again_while_nothing_is_written(database: Sqlite, time: Time) -> None:
    stillness = Stillness(database)
    assert [stillness.broken() for _ in range(3)] == [True, False, False]
    await database.read(lambda session: session.connection().execute(text("SELECT 1")).all())
    assert not stillness.broken()


async def test_one_looks_again_after_a_write_of_either_kind(database: Sqlite, time: Time) -> None:
    stillness = Stillness(database)
    stillness.broken()
    await database.write(lambda session: session.connection().execute(NOTED))
    assert [stillness.broken(), stillness.broken()] == [True, False]
    await database.hand_over(lambda connection: connection.execute("INSERT INTO noted VALUES ('x')"))
    assert [stillness.broken(), stillness.broken()] == [True, False]


async def test_what_others_write_and_what_is_due_by_the_clock_is_looked_for_within_a_second(
    database: Sqlite, time: Time
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
