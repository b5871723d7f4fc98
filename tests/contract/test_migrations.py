"""The migrations, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlmodel import Session

from persistence.database import open_database
from persistence.migrate import HEAD, pending, upgrade
from persistence.postgres import Postgres
from persistence.schema import METADATA
from persistence.sqlite import Sqlite


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Sqlite | Postgres]:
    database = open_database(database_url)
    yield database
    await database.close()


async def test_the_migrated_tables_are_those_of_tables_py(database: Sqlite | Postgres) -> None:
    assert await database.read(_differences) == []


async def test_a_column_that_is_missing_would_be_noticed(database: Sqlite | Postgres) -> None:
    await database.alter(_without_a_column)
    assert [difference[0] for difference in await database.read(_differences)] == ["add_column"]


async def test_an_empty_database_is_pending_until_it_is_upgraded(empty: Sqlite | Postgres) -> None:
    assert await pending(empty)
    await upgrade(empty)
    assert not await pending(empty)
    await upgrade(empty)
    assert not await pending(empty)


async def test_processes_that_upgrade_at_once_take_turns(database_url: str) -> None:
    databases = [open_database(database_url) for _ in range(3)]

    await asyncio.gather(*map(upgrade, databases))

    assert [await pending(database) for database in databases] == [False] * 3
    for database in databases:
        await database.close()


async def test_a_database_of_a_newer_version_is_refused_in_a_sentence(database: Sqlite | Postgres) -> None:
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await database.write(lambda session: session.connection().execute(newer))

    with pytest.raises(ValueError, match=f"newer version of Curbside \\(9999\\); this one knows {HEAD}"):
        await pending(database)


def _without_a_column(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE room DROP COLUMN claimed_by"))


def _differences(session: Session) -> list[Any]:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))
