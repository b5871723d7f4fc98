"""The migrations, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, Final

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from persistence.audit.chain import GENESIS, Line, link
from persistence.audit.tables import Audit, AuditChain
from persistence.database import open_database
from persistence.migrate import HEAD, MIGRATIONS, alembic_config, pending, upgrade
from persistence.postgres import Postgres
from persistence.schema import METADATA
from persistence.sqlite import Sqlite
from persistence.tables import Password

REVISIONS: Final = [script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()][::-1]

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Sqlite | Postgres]:
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def database(empty: Sqlite | Postgres) -> Sqlite | Postgres:
    """A database with its tables, which a test may change."""
    await upgrade(empty)
    return empty


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

    with pytest.raises(
        ValueError, match=f"newer version of Curbside \\(9999\\); this one knows {HEAD}: run the newer one"
    ):
        await pending(database)


async def test_audit_lines_of_earlier_versions_become_one_chain(empty: Sqlite | Postgres) -> None:
    await empty.alter(lambda connection: command.upgrade(alembic_config(connection), "0002"))
    await empty.write(_note_as_before)

    await upgrade(empty)

    lines = await empty.read(lambda session: session.exec(select(Audit).order_by(col(Audit.number))).all())
    assert [(line.number, line.outcome) for line in lines] == [(1, "ok"), (2, "refused"), (3, "failed")]
    digest = GENESIS
    for line in lines:
        digest = link(digest, Line(*(getattr(line, name) for name in Line._fields)))
        assert line.digest == digest
    head = await empty.read(lambda session: session.exec(select(AuditChain)).one())
    assert (head.chain, head.began_at, head.number, head.digest) == ("before", 1, 3, digest)


async def test_each_upgrade_keeps_every_row(empty: Sqlite | Postgres) -> None:
    before: Rows = {}
    for revision in REVISIONS:
        await empty.alter(partial(_upgrade_to, revision=revision))
        after, filled = await empty.write(_read_and_fill_anew)
        for table, (row,) in before.items():
            (now,) = after[table]
            kept = row.keys() & now.keys()
            assert [now[name] for name in kept] == [row[name] for name in kept], f"{table} at {revision}"
        before = filled
    assert revision == HEAD


async def test_a_row_that_others_refer_to_does_not_go(database: Sqlite | Postgres) -> None:
    await database.write(_fill)

    with pytest.raises((ValueError, IntegrityError), match="password"):
        await database.alter(_without_people)

    assert len((await database.read(_rows))["person"]) == 1


async def test_after_tables_were_altered_references_are_looked_at(database: Sqlite | Postgres) -> None:
    await database.alter(lambda connection: None)
    with pytest.raises(IntegrityError):
        await database.write(_a_password_of_nobody)


async def test_after_tables_could_not_be_altered_references_are_looked_at(database: Sqlite | Postgres) -> None:
    def fail(connection: Connection) -> None:
        raise KeyError("of the migration")

    with pytest.raises(KeyError, match="of the migration"):
        await database.alter(fail)
    with pytest.raises(IntegrityError):
        await database.write(_a_password_of_nobody)


def _fill(session: Session) -> None:
    _fill_tables(session, _tables(session))


def _fill_tables(session: Session, tables: list[Table]) -> None:
    """One row in every table. All texts are the same, so that what a row refers to is there."""
    samples = {str: "same", bytes: b"same", int: 1, bool: True}
    for table in tables:
        row = {column.name: samples[column.type.python_type] for column in table.columns}
        session.connection().execute(table.insert(), row)


def _read_and_fill_anew(session: Session) -> tuple[Rows, Rows]:
    """The rows that are there, and those that are there afterwards: one in every table, with every column filled."""
    tables = _tables(session)
    found = _rows_of(session, tables)
    for table in reversed(tables):
        session.connection().execute(table.delete())
    _fill_tables(session, tables)
    return found, _rows_of(session, tables)


def _rows(session: Session) -> Rows:
    return _rows_of(session, _tables(session))


def _rows_of(session: Session, tables: list[Table]) -> Rows:
    """The rows of each table, by column."""
    connection = session.connection()
    return {table.name: [dict(row) for row in connection.execute(table.select()).mappings()] for table in tables}


def _tables(session: Session) -> list[Table]:
    """All tables but Alembic's own, first those that others refer to."""
    found = MetaData()
    found.reflect(session.connection())
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _note_as_before(session: Session) -> None:
    insert = text("INSERT INTO audit (at, person, act, room, detail) VALUES (:at, 'ana', :act, 'case1', :detail)")
    acts = [("join", "contribute"), ("case_read", "refused"), ("sign_in_failed", "")]
    rows = [{"at": at, "act": act, "detail": detail} for at, (act, detail) in enumerate(acts, 1)]
    session.connection().execute(insert, rows)


def _a_password_of_nobody(session: Session) -> None:
    session.add(Password(person="nobody", hash="h"))


def _without_people(connection: Connection) -> None:
    connection.execute(text("DELETE FROM person"))


def _without_a_column(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE room DROP COLUMN claimed_by"))


def _differences(session: Session) -> list[Any]:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))


async def test_of_those_who_looked_alike_already_the_first_is_protected(database_url: str) -> None:
    database = open_database(database_url)
    await database.alter(lambda connection: _upgrade_to(connection, "0003"))
    await database.write(_two_who_look_alike)
    await upgrade(database)
    looks = text("SELECT looks FROM person ORDER BY id")
    assert await database.read(lambda sql: [row[0] for row in sql.connection().execute(looks)]) == ["ana", None]
    await database.close()


def _upgrade_to(connection: Connection, revision: str) -> None:
    command.upgrade(alembic_config(connection), revision)


def _two_who_look_alike(session: Session) -> None:
    insert = text(
        "INSERT INTO person (id, handle, role, specialty, country, tier, institution, network, kind, created_at)"
        " VALUES (:id, :handle, 'clinician', '', '', 0, '', '', '', :at)"
    )
    for id, handle, at in (("p1", "ana", 1), ("p2", "\N{CYRILLIC SMALL LETTER A}na", 2)):
        session.connection().execute(insert, {"id": id, "handle": handle, "at": at})
