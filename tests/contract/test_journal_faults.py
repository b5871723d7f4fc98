"""What a journal does when its disk or its server fails."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeAlias

import asyncpg
import pytest

from drill.servers import Postgres
from persistence.database import open_database
from persistence.journal import SqlJournal, open_journal
from persistence.migrate import upgrade
from persistence.postgres import Postgres as PostgresDatabase
from persistence.sqlite import Sqlite
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append
from realtime.rooms.chain import Head, first_broken
from tests.contract.conftest import DATABASE
from tests.persistence.appends import opens, posts

PATIENCE_S = 20.0

Admin: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def test_a_killed_postgres_is_unavailable_and_comes_back_without_a_restart(postgres_server: Postgres) -> None:
    async with _journal(postgres_server.database(DATABASE)) as journal:
        head = await _opened(journal, "case1")
        postgres_server.kill()
        try:
            with pytest.raises(Unavailable):
                await journal.append(posts("case1", head, "p1"))
            with pytest.raises(Unavailable):
                await journal.heads(["case1"])
        finally:
            postgres_server.start()

        answer = posts("case1", head, "p1")
        await journal.append(answer)
        assert await journal.heads(["case1"]) == {"case1": answer.head}


async def test_postgres_killed_under_load_loses_nothing_that_was_acked(postgres_server: Postgres) -> None:
    async with _journal(postgres_server.database(DATABASE)) as journal:
        rooms = [f"case{n}" for n in range(5)]
        acked = {room: await _opened(journal, room) for room in rooms}
        busy = asyncio.Event()

        async def write(room: str) -> None:
            while True:
                wish = posts(room, acked[room], f"p{acked[room].seq}")
                await journal.append(wish)
                acked[room] = wish.head
                if min(head.seq for head in acked.values()) == 20:
                    busy.set()

        writers = [asyncio.create_task(write(room)) for room in rooms]
        await busy.wait()
        await asyncio.to_thread(postgres_server.kill)
        try:
            outcomes = await asyncio.gather(*writers, return_exceptions=True)
        finally:
            await asyncio.to_thread(postgres_server.start)

        assert {type(outcome) for outcome in outcomes} == {Unavailable}
        for room in rooms:
            records = await journal.records(room, 0, 10_000)
            assert first_broken(records) is None
            assert acked[room] in [record.head for record in records[-2:]]


async def test_a_connection_cut_after_the_commit_and_before_its_answer_is_recognised(postgres_server: Postgres) -> None:
    async with _journal(postgres_server.database(DATABASE)) as journal, _admin(postgres_server) as admin:
        head = await _opened(journal, "case1")
        for _ in range(5):
            async with _waiting_for_a_standby(admin):
                wish, append, backend = await _stuck(journal, admin, head)
                await admin.execute("SELECT pg_terminate_backend($1)", backend)
                await append
            head = wish.head
            assert await journal.heads(["case1"]) == {"case1": head}


async def test_a_connection_cut_before_the_commit_is_unavailable_and_wrote_nothing(postgres_server: Postgres) -> None:
    url = postgres_server.database(DATABASE)
    async with _journal(url) as journal, _admin(postgres_server, url) as admin:
        head = await _opened(journal, "case1")
        wish = posts("case1", head, "p1")
        async with admin.transaction():
            await admin.execute("LOCK TABLE event IN SHARE MODE")
            append = asyncio.create_task(journal.append(wish))
            await admin.execute("SELECT pg_terminate_backend($1)", await _waiting(admin, "relation"))
            with pytest.raises(Unavailable):
                await append

        assert await journal.heads(["case1"]) == {"case1": head}
        await journal.append(wish)


async def test_a_locked_room_holds_up_no_other_and_gets_its_turn_alone(postgres_server: Postgres) -> None:
    url = postgres_server.database(DATABASE)
    async with _journal(url) as journal, _admin(postgres_server, url) as admin:
        heads = {room: await _opened(journal, room) for room in ("case1", "case2")}
        wishes = [posts(room, head, "p1") for room, head in heads.items()]
        async with admin.transaction():
            await admin.execute("SELECT FROM room WHERE id = 'case1' FOR UPDATE")
            outcomes = await asyncio.gather(*map(journal.append, wishes), return_exceptions=True)
            assert list(map(repr, outcomes)) == ["Conflict()", "None"]

            alone = asyncio.create_task(journal.append(wishes[0]))
            await _waiting(admin, "transactionid")
            await journal.append(posts("case2", wishes[1].head, "p2"))
            assert not alone.done()
        await alone


async def test_a_room_that_stays_locked_is_unavailable_within_a_moment(postgres_server: Postgres) -> None:
    url = postgres_server.database(DATABASE)
    async with _journal(url) as journal, _admin(postgres_server, url) as admin:
        wish = posts("case1", await _opened(journal, "case1"), "p1")
        async with admin.transaction():
            await admin.execute("SELECT FROM room WHERE id = 'case1' FOR UPDATE")
            with pytest.raises(Conflict):
                await journal.append(wish)
            with pytest.raises(Unavailable):
                await asyncio.wait_for(journal.append(wish), 2)
        await journal.append(wish)


async def test_a_full_sqlite_disk_is_unavailable_until_there_is_room(tmp_path: Path) -> None:
    database = Sqlite(str(tmp_path / "curbside.db"))
    async with _journal_in(database) as journal:
        head = await _opened(journal, "case1")
        # Without a further page for SQLite to take, its disk is full.
        await database.hand_over(lambda connection: connection.execute("PRAGMA max_page_count = 1").close())

        with pytest.raises(Unavailable):
            await journal.append(posts("case1", head, *(f"p{n}" for n in range(500))))

        assert await journal.heads(["case1"]) == {"case1": head}
        await journal.append(posts("case1", head, *(f"p{n}" for n in range(500))))


async def test_a_sqlite_disk_that_fails_is_unavailable_and_heals(tmp_path: Path) -> None:
    async with _journal_in(Sqlite(str(tmp_path / "curbside.db"))) as journal:
        head = await _opened(journal, "case1")
        first, second = posts("case1", head, "p1"), opens("case2")
        await journal.heads([])
        with _failing_disk():
            outcomes = await asyncio.gather(journal.append(first), journal.append(second), return_exceptions=True)
            assert [type(outcome) for outcome in outcomes] == [Unavailable, Unavailable]
            assert await journal.heads(["case1", "case2"]) == {"case1": head}

        await asyncio.gather(journal.append(first), journal.append(second))
        assert await journal.heads(["case1", "case2"]) == {"case1": first.head, "case2": second.head}


async def _opened(journal: SqlJournal, room: str) -> Head:
    opening: Append = opens(room)
    await journal.append(opening)
    return opening.head


@asynccontextmanager
async def _journal(url: str) -> AsyncIterator[SqlJournal]:
    async with _journal_in(open_database(url)) as journal:
        yield journal


@asynccontextmanager
async def _journal_in(database: Sqlite | PostgresDatabase) -> AsyncIterator[SqlJournal]:
    await upgrade(database)
    journal = open_journal(database)
    yield journal
    await journal.close()
    await database.close()


@asynccontextmanager
async def _admin(server: Postgres, url: str = "") -> AsyncIterator[Admin]:
    """A connection that looks on, and does what only an operator or a fault would do."""
    connection = await asyncpg.connect(url or server.url)
    yield connection
    await connection.close()


@asynccontextmanager
async def _waiting_for_a_standby(admin: Admin) -> AsyncIterator[None]:
    """Commits wait, after they are on disk, for a standby that does not exist."""
    await admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    await admin.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        await admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
        await admin.execute("SELECT pg_reload_conf()")


async def _stuck(journal: SqlJournal, admin: Admin, head: Head) -> tuple[Append, asyncio.Task[None], int]:
    """An append that is on disk and not answered, and its backend. Until the new setting is in force, others pass."""
    while True:
        wish = posts("case1", head, f"p{head.seq}")
        append = asyncio.create_task(journal.append(wish))
        waiting = asyncio.create_task(_waiting(admin, "SyncRep"))
        await asyncio.wait([append, waiting], return_when=asyncio.FIRST_COMPLETED)
        if not append.done():
            return wish, append, await waiting
        waiting.cancel()
        await asyncio.wait([waiting])
        head = wish.head


async def _waiting(admin: Admin, event: str) -> int:
    """The process id of the journal's backend that waits for `event`, once there is one."""
    wanted = "SELECT pid FROM pg_stat_activity WHERE application_name = 'curbside journal' AND wait_event = $1"
    async with asyncio.timeout(PATIENCE_S):
        while True:
            # Within a transaction the answer would be the same for ever.
            await admin.execute("SELECT pg_stat_clear_snapshot()")
            if (pid := await admin.fetchval(wanted, event)) is not None:
                return int(pid)


@contextmanager
def _failing_disk() -> Iterator[None]:
    """No file of this process may grow: what writes gets EFBIG, which SQLite calls an I/O error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
