"""A PostgreSQL with a synchronous standby: on how many disks an ack stands, and that it is given on no fewer."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import asyncpg
import pytest

from drill.servers import Postgres as Server
from drill.servers import Standby
from persistence.database import open_database
from persistence.disks import Disks
from persistence.journal import SqlJournal, open_journal
from persistence.migrate import upgrade
from persistence.postgres import Postgres
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append
from realtime.rooms.chain import Head
from tests.persistence.appends import opens, posts

PATIENCE_S = 20.0


class Pair(NamedTuple):
    """A primary that commits on its standby too."""

    primary: Server
    standby: Standby


@pytest.fixture(scope="module")
def servers() -> Iterator[Pair]:
    with Server() as primary, Standby(primary.port, "ward") as standby:
        yield Pair(primary, standby)


@pytest.fixture
async def pair(servers: Pair) -> AsyncIterator[Pair]:
    """Both run at the beginning of a test, and a commit waits for the standby."""
    await asyncio.to_thread(servers.standby.start)
    await configured(servers.primary, "synchronous_standby_names", "ward")
    yield servers
    await configured(servers.primary, "synchronous_standby_names", "")


async def test_a_synchronous_standby_is_a_second_disk_and_is_missed_when_it_is_gone(pair: Pair) -> None:
    async with database(pair.primary.url) as one:
        await becomes(one, Disks(2))
        await asyncio.to_thread(pair.standby.kill)
        found = await counts(one, 1)
        assert "waits for 1 synchronous standbys and 0 are there" in found.warnings[0]
        await asyncio.to_thread(pair.standby.start)
        await becomes(one, Disks(2))
        await configured(pair.primary, "synchronous_standby_names", "")
        await becomes(one, Disks(1))


async def test_a_role_that_may_not_see_standbys_is_told_so(pair: Pair) -> None:
    async with admin(pair.primary) as connection:
        await connection.execute("CREATE ROLE plain LOGIN")
    async with database(pair.primary.url.replace("curbside@", "plain@")) as one:
        found = await counts(one, 2)
        assert "grant it pg_read_all_stats" in found.warnings[0]


async def test_settings_that_are_not_safe_are_said(pair: Pair) -> None:
    await configured(pair.primary, "full_page_writes", "off")
    await configured(pair.primary, "fsync", "off")
    try:
        async with database(pair.primary.url) as one:
            found = await counts(one, 1)
            assert [warning.split(" is ")[0] for warning in found.warnings] == [
                "PostgreSQL's fsync",
                "PostgreSQL's full_page_writes",
            ]
    finally:
        await configured(pair.primary, "full_page_writes", "on")
        await configured(pair.primary, "fsync", "on")


async def test_a_server_whose_default_is_not_to_wait_for_the_disk_is_asked_to(pair: Pair) -> None:
    await configured(pair.primary, "synchronous_commit", "off")
    try:
        async with database(pair.primary.url) as one:
            await becomes(one, Disks(2))
    finally:
        await configured(pair.primary, "synchronous_commit", "on")


async def test_nothing_is_acked_that_the_standby_does_not_have(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.turns_postgres.STATEMENT_S", 0.5)
    async with database(pair.primary.database("journal")) as one, journal(one) as log:
        opening = opens("case1")
        await log.append(opening)
        await asyncio.to_thread(pair.standby.kill)
        wish = posts("case1", opening.head, "p1")
        for _ in range(3):
            with pytest.raises(Unavailable):
                await asyncio.wait_for(tried(log, wish), PATIENCE_S)
            # It is on one disk and not on the other: nobody may be shown it either.
            assert await log.heads(["case1"]) == {"case1": opening.head}
            assert await log.lookup("case1", ["p1"]) == {}
        await asyncio.to_thread(pair.standby.start)
        await arrives(log, wish.head)
        assert list(await log.lookup("case1", ["p1"])) == ["p1"]
        await log.append(posts("case1", wish.head, "p2"))


async def tried(log: SqlJournal, wish: Append) -> None:
    """Append as a host does: one that lost is decided again, on the same state."""
    while True:
        try:
            return await log.append(wish)
        except Conflict:
            continue


async def arrives(log: SqlJournal, head: Head) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while await log.heads(["case1"]) != {"case1": head}:
            pass


async def becomes(one: Postgres, disks: Disks) -> None:
    assert await counts(one, disks.count) == disks


async def counts(one: Postgres, count: int) -> Disks:
    """What is said once the count is this."""
    async with asyncio.timeout(PATIENCE_S):
        while (found := await one.disks()).count != count:
            pass
    return found


async def configured(server: Server, name: str, value: str) -> None:
    """Return when the server has this setting."""
    async with admin(server) as connection:
        await connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        await connection.execute("SELECT pg_reload_conf()")
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with admin(server) as connection:
                if await connection.fetchval("SELECT reset_val FROM pg_settings WHERE name = $1", name) == value:
                    return


@asynccontextmanager
async def admin(server: Server) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(server.url)
    # What is set here need not wait for a standby that may be gone.
    await connection.execute("SET synchronous_commit = local")
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def database(url: str) -> AsyncIterator[Postgres]:
    one = open_database(url)
    assert isinstance(one, Postgres)
    try:
        yield one
    finally:
        await one.close()


@asynccontextmanager
async def journal(one: Postgres) -> AsyncIterator[SqlJournal]:
    await upgrade(one)
    log = open_journal(one)
    try:
        yield log
    finally:
        await log.close()
