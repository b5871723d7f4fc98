"""Backups: of SQLite and of PostgreSQL, under load, into either; and what is not a whole backup is refused."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection, insert, select
from sqlmodel import Session

from drill.servers import Postgres as Server
from persistence import people
from persistence.audit.chain import Line
from persistence.audit.log import AuditLog
from persistence.audit.tables import Audit
from persistence.backup.report import Held
from persistence.backup.restore import check, restore
from persistence.backup.take import Taken, take
from persistence.database import open_database
from persistence.journal import SqlJournal, open_journal
from persistence.migrate import upgrade
from persistence.postgres import Postgres
from persistence.schema import METADATA
from persistence.seal import open_key
from persistence.sqlite import Sqlite
from persistence.worker import Worker
from realtime.rooms.chain import Head, first_broken
from tests.builders import AT, ana, ben, cleo
from tests.persistence.appends import closes, opens, posts

Database = Sqlite | Postgres

WORDS: Final = "a long passphrase of the tests"
ROOMS: Final = 5
LINES: Final = [Line("old", n, AT, "ana", "join", *[""] * 6)._asdict() | {"digest": b""} for n in range(1, 10_001)]


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.backup.encrypted.WORK", 1)


@pytest.fixture(params=["sqlite", "postgres"])
def target_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind to restore into, without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored' / 'curbside.db'}"
    server: Server = request.getfixturevalue("postgres_server")
    return server.database("curbside_restored")


@pytest.fixture
async def target(target_url: str) -> AsyncIterator[Database]:
    database = open_database(target_url)
    yield database
    await database.close()


async def test_a_backup_under_load_has_all_that_was_acked_before_it_and_every_room_is_whole(
    database: Database, target: Database, tmp_path: Path
) -> None:
    # They are read before the events: meanwhile the rooms go on, and the events are to be those of the beginning.
    await database.write(lambda session: session.execute(insert(Audit), LINES))
    async with writers(database) as acked:
        before = dict(acked)
        taken = await taken_from(database, tmp_path)
        during = dict(acked)
    restored = await restored_into(target, tmp_path)
    assert restored == taken.held and restored.wrong is None
    async with journal(target) as log:
        heads = await log.heads(list(before))
        for room, head in before.items():
            assert head.seq <= heads[room].seq
            records = await log.records(room, 0, 100_000)
            assert first_broken(records) is None and records[-1].head == heads[room]
            assert head in [record.head for record in records]
    assert sum(head.seq for head in before.values()) <= restored.events
    # It was written to meanwhile, or this would be no test of a snapshot.
    assert during != before


async def test_every_table_and_file_comes_back_as_it_was(database: Database, target: Database, tmp_path: Path) -> None:
    await lived_in(database, tmp_path)
    taken = await taken_from(database, tmp_path)
    assert (taken.missing, taken.held.rooms, taken.held.people, taken.held.archived) == (0, 2, 2, 1)
    assert taken.held.keys == ("seal.key", "secret.key")
    assert check(tmp_path / "backup", WORDS) == await restored_into(target, tmp_path) == taken.held
    assert await rows(target) == await rows(database)
    for name in ("seal.key", "secret.key"):
        assert (tmp_path / "new" / name).read_bytes() == (tmp_path / name).read_bytes()
        assert (tmp_path / "new" / name).stat().st_mode & 0o777 == 0o600
    names = [path.name for path in (tmp_path / "archive").iterdir() if path.is_file()]
    assert [path.name for path in (tmp_path / "new" / "archive").iterdir()] == names != []
    assert not list((tmp_path / "new").rglob(".restore*"))


async def test_after_a_restore_life_goes_on(database: Database, target: Database, tmp_path: Path) -> None:
    await lived_in(database, tmp_path)
    await taken_from(database, tmp_path)
    await restored_into(target, tmp_path)
    audit = AuditLog(target, lambda: AT)
    audit.note("join", "ana")
    await audit.close()
    lines = await target.read(lambda session: session.scalars(select(Audit.number)).all())  # type: ignore[call-overload]
    assert len(lines) == 2
    async with journal(target) as log:
        head = (await log.heads(["open"]))["open"]
        wish = posts("open", head, "later")
        await log.append(wish)
        assert (await log.heads(["open"]))["open"] == wish.head


async def test_a_backup_of_a_restored_database_holds_the_same(
    database: Database, target: Database, tmp_path: Path
) -> None:
    """There and back again, between SQLite and PostgreSQL too."""
    await lived_in(database, tmp_path)
    first = await taken_from(database, tmp_path)
    await restored_into(target, tmp_path)
    new = tmp_path / "new"
    again = await taken_from(target, new)
    assert again.held._replace(taken_at=0) == first.held._replace(taken_at=0)
    await restored_into(database, new, replace=True)
    assert await rows(database) == await rows(target)


async def test_a_database_that_is_not_empty_is_left_as_it_is_unless_told(
    database: Database, target: Database, tmp_path: Path
) -> None:
    await lived_in(database, tmp_path)
    await taken_from(database, tmp_path)
    await upgrade(target)
    await target.write(lambda session: people.add(session, cleo, AT))
    before = await rows(target)
    with pytest.raises(ValueError, match="is not empty"):
        await restored_into(target, tmp_path)
    assert await rows(target) == before
    assert not (tmp_path / "new").exists()
    await restored_into(target, tmp_path, replace=True)
    assert await rows(target) == await rows(database)


async def test_a_backup_that_was_cut_or_changed_restores_nothing(
    database: Database, target: Database, tmp_path: Path
) -> None:
    await lived_in(database, tmp_path)
    await taken_from(database, tmp_path)
    path = tmp_path / "backup"
    good = path.read_bytes()
    await upgrade(target)
    for bad in (good[:-1], good[:-200], good + b"\0", good[:-20] + bytes([good[-20] ^ 1]) + good[-19:]):
        path.write_bytes(bad)
        with pytest.raises(ValueError, match="cut or changed"):
            await restored_into(target, tmp_path)
        assert not any((await rows(target)).values())
        assert not (tmp_path / "new" / "seal.key").exists()


async def test_a_room_that_was_broken_in_the_database_is_named_and_not_restored(
    database: Database, target: Database, tmp_path: Path
) -> None:
    await lived_in(database, tmp_path)
    await database.write(_forge)
    taken = await taken_from(database, tmp_path)
    assert taken.held.wrong is not None and "Room open is not whole: its chain breaks at event 2" in taken.held.wrong
    with pytest.raises(ValueError, match=r"Room open is not whole.* Nothing was restored\."):
        await restored_into(target, tmp_path)
    assert not any((await rows(target)).values())


async def test_where_a_row_refers_to_what_is_not_there_nothing_is_restored(
    database: Database, target: Database, tmp_path: Path
) -> None:
    await lived_in(database, tmp_path)
    await a_password_of_nobody(database)
    await taken_from(database, tmp_path)
    await upgrade(target)
    with pytest.raises(ValueError, match="password"):
        await restored_into(target, tmp_path)
    assert not any((await rows(target)).values())
    assert not (tmp_path / "new" / "seal.key").exists()


async def test_what_the_database_does_not_take_is_told_and_nothing_is_restored(
    target: Database, tmp_path: Path
) -> None:
    old = Sqlite(str(tmp_path / "old.db"))
    await upgrade(old)
    await lived_in(old, tmp_path)
    await old.write(lambda session: people.set_password_hash(session, "ana", "a\0b"))
    await taken_from(old, tmp_path)
    if isinstance(target, Sqlite):
        await restored_into(target, tmp_path)
        assert await rows(target) == await rows(old)
    else:
        with pytest.raises(ValueError, match=r"does not take a row of the backup's table `password`\. Nothing was"):
            await restored_into(target, tmp_path)
        assert not any((await rows(target)).values())
    await old.close()


async def test_a_key_of_other_content_is_kept_under_another_name(
    database: Database, target: Database, tmp_path: Path
) -> None:
    await lived_in(database, tmp_path)
    await taken_from(database, tmp_path)
    new = tmp_path / "new"
    new.mkdir()
    (new / "seal.key").write_text("another key")
    with pytest.raises(ValueError, match=r"seal\.key is there and is another one"):
        await restored_into(target, tmp_path)
    assert (new / "seal.key").read_text() == "another key"
    await restored_into(target, tmp_path, replace=True)
    assert (new / "seal.key").read_bytes() == (tmp_path / "seal.key").read_bytes()
    assert (new / "seal.key.before-restore").read_text() == "another key"


@asynccontextmanager
async def writers(database: Database) -> AsyncIterator[dict[str, Head]]:
    """While the block runs, several rooms are written to as fast as it goes; the heads that were acked last.

    In each stand 20 events at the beginning.
    """
    async with journal(database) as log:
        acked: dict[str, Head] = {}
        busy = asyncio.Event()
        for n in range(ROOMS):
            wish = opens(f"room{n}")
            await log.append(wish)
            acked[wish.room] = wish.head

        async def write(room: str) -> None:
            while True:
                wish = posts(room, acked[room], f"p{acked[room].seq}")
                await log.append(wish)
                acked[room] = wish.head
                if min(head.seq for head in acked.values()) == 20:
                    busy.set()

        tasks = [asyncio.create_task(write(room)) for room in acked]
        try:
            await busy.wait()
            yield acked
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def lived_in(database: Database, var: Path) -> None:
    """Two people, an open room, a sealed one with its file, an audit line, and the keys in `var`."""
    await database.write(lambda session: people.add_many(session, [ana, ben], AT))
    await database.write(lambda session: people.set_password_hash(session, "ana", "a hash"))
    audit = AuditLog(database, lambda: AT)
    audit.note("sign_in", "ana")
    await audit.close()
    (var / "secret.key").write_text("a secret of the tests, 32 characters\n")
    async with journal(database) as log:
        for room in ("open", "shut"):
            opening = opens(room)
            said = posts(room, opening.head, "p1", "p2", card=opening.card)
            await log.append(opening)
            await log.append(said)
        assert said.card is not None
        await log.append(closes("shut", said.head, said.card))
        worker = Worker(
            database=database,
            journal=log,
            folder=var / "archive",
            key=open_key(var),
            now_ms=lambda: AT,
            told=lambda record: None,
        )
        assert await worker.step()


async def a_password_of_nobody(database: Database) -> None:
    """Add one, past what the database would refuse."""
    wish = "INSERT INTO password VALUES ('nobody', 'a hash')"
    if isinstance(database, Sqlite):
        with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
            connection.execute(wish)
    else:
        await database.alter(partial(_past_references, wish))


async def taken_from(database: Database, var: Path) -> Taken:
    (var / "backup").unlink(missing_ok=True)
    keys = [var / "seal.key", var / "secret.key"]
    return await take(
        database, var / "backup", WORDS, archive=var / "archive", pictures=var / "pictures", keys=keys, now_ms=AT
    )


async def restored_into(database: Database, var: Path, *, replace: bool = False) -> Held:
    new = var / "new"
    return await restore(
        database, var / "backup", WORDS, archive=new / "archive", pictures=new / "pictures", var=new, replace=replace
    )


@asynccontextmanager
async def journal(database: Database) -> AsyncIterator[SqlJournal]:
    log = open_journal(database)
    try:
        yield log
    finally:
        await log.close()


async def rows(database: Database) -> dict[str, Sequence[tuple[object, ...]]]:
    """Everything that stands in the tables."""

    def every(session: Session) -> dict[str, Sequence[tuple[object, ...]]]:
        connection = session.connection()
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
        }

    return await database.read(every)


def _past_references(wish: str, connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql(wish)


def _forge(session: Session) -> None:
    event = METADATA.tables["event"]
    session.connection().execute(event.update().where(event.c.room == "open", event.c.seq == 2).values(kind="forged"))
