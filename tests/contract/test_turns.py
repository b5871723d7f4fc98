"""Turns at a room that several nodes write to, over a real PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence

import asyncpg
import pytest

from drill.servers import Postgres
from persistence.database import open_database
from persistence.journal import SqlJournal, open_journal
from persistence.migrate import upgrade
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append
from realtime.rooms.chain import Head, Record, first_broken
from tests.contract.conftest import DATABASE
from tests.persistence.appends import opens, posts

NODES = 4
ROUNDS = 3
PATIENCE_S = 10.0


@pytest.fixture
async def url(postgres_server: Postgres) -> str:
    url = postgres_server.database(DATABASE)
    database = open_database(url)
    await upgrade(database)
    await database.close()
    return url


@pytest.fixture
async def journals(url: str) -> AsyncIterator[list[SqlJournal]]:
    """The journals of four nodes, with one room."""
    databases = [open_database(url) for _ in range(NODES)]
    journals = [open_journal(database) for database in databases]
    await journals[0].append(opens("case1"))
    yield journals
    for journal, database in zip(journals, databases, strict=True):
        await journal.close()
        await database.close()


def at(seq: int) -> Callable[[], Head]:
    """Who knows the room up to `seq`, and nothing of what it was there."""
    return lambda: Head(seq, b"")


async def head_of(journal: SqlJournal) -> Head:
    return (await journal.heads(["case1"]))["case1"]


async def test_a_turn_gives_what_is_newer_and_what_is_appended_in_it_is_on_record(journals: list[SqlJournal]) -> None:
    node, other = journals[:2]
    opening = await head_of(node)
    news = posts("case1", opening, "n1", "n2")
    await other.append(news)

    async with node.turn("case1", lambda: opening) as newer:
        assert newer == news.records
        wish = posts("case1", news.head, "p1")
        await node.append(wish)
        assert await head_of(other) == wish.head

    await other.append(posts("case1", wish.head, "p2"))


async def test_what_came_while_a_turn_was_waited_for_is_given_unless_it_is_known_by_then(
    journals: list[SqlJournal],
) -> None:
    node, other = journals[:2]
    opening = await head_of(node)
    news = posts("case1", opening, "n1")
    heard = [opening]

    async def waited() -> Sequence[Record]:
        async with node.turn("case1", lambda: heard[-1]) as newer:
            return newer

    for known in (opening, news.head):
        async with other.turn("case1", lambda: opening):
            waiting = asyncio.create_task(waited())
            await asyncio.sleep(0.1)
            heard.append(known)
            if known is opening:
                await other.append(news)
        assert await waiting == (news.records if known is opening else [])


async def test_in_a_turn_nobody_else_appends_and_without_an_append_it_lets_go(journals: list[SqlJournal]) -> None:
    node, other = journals[:2]
    wish = posts("case1", await head_of(node), "p1")
    async with node.turn("case1", at(1)) as newer:
        assert newer == []
        with pytest.raises(Conflict):
            await other.append(wish)
        with pytest.raises(Unavailable):
            async with other.turn("case1", at(1)):
                pass
    await other.append(wish)


async def test_a_taken_id_or_an_old_head_is_a_conflict_in_a_turn_too(journals: list[SqlJournal]) -> None:
    node, other = journals[:2]
    opening = await head_of(node)
    for wish in (posts("case1", opening, "opening"), posts("case1", opening._replace(digest=bytes(32)), "p1")):
        async with node.turn("case1", at(1)):
            with pytest.raises(Conflict):
                await node.append(wish)
    await other.append(posts("case1", opening, "p1"))


async def test_turns_come_in_the_order_in_which_they_were_asked_for(journals: list[SqlJournal], url: str) -> None:
    admin = await asyncpg.connect(url)
    order: list[str] = []

    async def write(number: int, name: str) -> None:
        async with journals[number].turn("case1", at(0)) as newer:
            order.append(name)
            await journals[number].append(posts("case1", newer[-1].head, name))

    for journal in journals:  # a line that is opened first could take longer than one waits
        async with journal.turn("case1", at(0)):
            pass
    for n in range(ROUNDS):
        async with asyncio.TaskGroup() as writers, journals[0].turn("case1", at(0)):
            for number in range(1, NODES):
                writers.create_task(write(number, f"w{number}-{n}"))
                await waiting(admin, number)
            again = writers.create_task(write(0, f"w0-{n}"))
        assert again.done()
    await admin.close()
    assert order == [f"w{number}-{n}" for n in range(ROUNDS) for number in (1, 2, 3, 0)]
    records = await journals[0].records("case1", 0, 1_000)
    assert first_broken(records) is None
    assert [record.id for record in records[1:]] == order


async def test_a_node_that_stands_still_in_its_turn_loses_it(journals: list[SqlJournal], url: str) -> None:
    node, other = journals[:2]
    wish, late = posts("case1", await head_of(node), "p1"), posts("case1", await head_of(node), "late")
    async with node.turn("case1", at(1)):
        await appended(other, wish)
        with pytest.raises(Unavailable):
            await node.append(late)
    assert await head_of(other) == wish.head
    async with node.turn("case1", at(1)) as newer:
        assert [record.id for record in newer] == ["p1"]


async def test_a_connection_that_is_cut_in_a_turn_is_unavailable_and_frees_the_room(
    journals: list[SqlJournal], url: str
) -> None:
    node, other = journals[:2]
    opening = await head_of(node)
    admin = await asyncpg.connect(url)
    async with node.turn("case1", at(1)):
        await admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'curbside journal' AND state = 'idle in transaction'"
        )
        with pytest.raises(Unavailable):
            await node.append(posts("case1", opening, "p1"))
    await admin.close()
    await other.append(posts("case1", opening, "p2"))
    await node.append(posts("case1", await head_of(node), "p3"))


async def waiting(admin: "asyncpg.Connection[asyncpg.Record]", count: int) -> None:
    """Return once so many wait for a turn."""
    deadline_s = time.monotonic() + PATIENCE_S
    while await admin.fetchval("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") < count:
        assert time.monotonic() < deadline_s, "nobody waits"


async def appended(journal: SqlJournal, wish: Append) -> None:
    """Append as soon as that can be done."""
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        try:
            await journal.append(wish)
            return
        except (Conflict, Unavailable):
            assert time.monotonic() < deadline_s, "the room is not let go"
