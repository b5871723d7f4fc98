"""What a database promises to those who do not wait, over SQLite and a real PostgreSQL."""

import asyncio
import random
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from drill.servers import Postgres
from persistence import people, tables
from persistence.database import Database, open_database
from realtime.errors import Unavailable
from tests.builders import AT, ana, ben


async def test_what_was_written_is_read(database: Database) -> None:
    await database.write(lambda session: people.add(session, ana, AT))
    assert await database.read(_count) == 1


async def test_where_a_write_raises_nothing_is_written(database: Database) -> None:
    def write(session: Session) -> None:
        people.add(session, ana, AT)
        raise KeyError("of the caller")

    with pytest.raises(KeyError, match="of the caller"):
        await database.write(write)

    assert await database.read(_count) == 0


async def test_a_row_that_breaks_a_constraint_is_the_callers_error(database: Database) -> None:
    await database.write(lambda session: people.add_many(session, [ana], AT))
    with pytest.raises(IntegrityError):
        await database.write(lambda session: people.add_many(session, [ben, ana], AT))
    assert await database.read(_count) == 1


async def test_rows_stay_readable_after_the_session(database: Database) -> None:
    await database.write(lambda session: people.add(session, ana, AT))
    row = await database.read(lambda session: session.exec(select(tables.Person)).one())
    assert (row.id, row.created_at) == ("ana", AT)


async def test_many_calls_at_once_are_all_done(database: Database) -> None:
    rows = [tables.Revoked(session=f"s{n}", at=n, expires_at=n) for n in range(30)]
    await asyncio.gather(*(database.write(lambda session, row=row: session.add(row)) for row in rows))  # type: ignore[misc]

    counts = await asyncio.gather(*(database.read(_lines) for _ in range(30)))

    assert counts == [30] * 30


async def test_in_a_storm_of_callers_who_give_up_nobody_gets_the_answer_of_another(database: Database) -> None:
    chance = random.Random(19)
    tasks = [asyncio.create_task(database.read(partial(_echo, n))) for n in range(300)]
    for task in tasks:
        if chance.random() < 0.5:
            await asyncio.sleep(0)
        if chance.random() < 0.5:
            task.cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)

    given = {n: answer for n, answer in enumerate(answers) if not isinstance(answer, asyncio.CancelledError)}
    assert given == {n: n for n in given}
    assert 50 < len(given) < 300
    assert await asyncio.gather(*(database.read(partial(_echo, n)) for n in range(30))) == list(range(30))


async def test_a_caller_who_gives_up_harms_nobody(database: Database) -> None:
    tasks = [asyncio.create_task(database.read(_count)) for _ in range(10)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()

    assert await asyncio.gather(*tasks[1::2]) == [0] * 5
    await database.write(lambda session: people.add(session, ana, AT))


@pytest.mark.parametrize(("part", "instead"), [("curbside@", "nobody:secret@"), ("/postgres", "/nothing")])
async def test_what_postgres_refuses_is_a_sentence_without_the_password(
    postgres_server: Postgres, part: str, instead: str
) -> None:
    database = open_database(postgres_server.url.replace(part, instead))
    with pytest.raises(
        ValueError, match="refuses the URL's user, password, database or settings: put CURBSIDE_DATABASE_URL right"
    ) as raised:
        await database.read(_count)
    assert "secret" not in str(raised.value)
    await database.close()


async def test_a_setting_that_postgres_does_not_know_is_refused_in_a_sentence(postgres_server: Postgres) -> None:
    database = open_database(f"{postgres_server.url}?sslmod=require")
    with pytest.raises(ValueError, match="settings"):
        await database.read(_count)
    await database.close()


async def test_a_server_that_is_not_there_is_unavailable(postgres_server: Postgres) -> None:
    database = open_database(postgres_server.url)
    postgres_server.kill()
    try:
        for call in (database.read, database.write):
            with pytest.raises(Unavailable):
                await call(_count)
        with pytest.raises(Unavailable):
            await database.alter(lambda connection: None)
    finally:
        postgres_server.start()
    assert await database.read(lambda session: session.exec(select(1)).one()) == 1
    await database.close()


def _count(session: Session) -> int:
    return session.exec(select(func.count(col(tables.Person.id)))).one()


def _lines(session: Session) -> int:
    return session.exec(select(func.count(col(tables.Revoked.session)))).one()


def _echo(number: int, session: Session) -> int:
    return int(session.connection().execute(text("SELECT CAST(:number AS INTEGER)"), {"number": number}).scalar_one())
