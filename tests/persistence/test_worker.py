"""The worker over a real SQLite database: every closed room is sealed once, whatever becomes of a worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlmodel import Session, select

from persistence import tables
from persistence.archive import verify
from persistence.database import Database, open_database
from persistence.seal import open_key
from persistence.worker import LEASE_MS, LeaseLost, Worker
from realtime.rooms.chain import Record, first_broken
from tests.builders import cleo
from tests.live import Site, site


class Shop:
    """A site with its database and any number of workers, on a clock that tests set."""

    def __init__(self, made: Site, database: Database, folder: Path) -> None:
        self.site = made
        self.database = database
        self.folder = folder
        self.now_ms = 2_000_000_000_000
        self.told: list[Record] = []

    def worker(self) -> Worker:
        return Worker(
            database=self.database,
            journal=self.site.journal,
            folder=self.folder / "archive",
            key=open_key(self.folder),
            now_ms=lambda: self.now_ms,
            told=self.told.append,
        )

    async def closed_room(self, key: str = "key1") -> str:
        node = self.site.nodes[0] if self.site.nodes else await self.site.node()
        room = await node.open(key=key)
        presenter = await node.seated(cleo, room)
        presenter.send("post", id="p1", room=room, text="Better now.")
        presenter.send("close", id="c1", room=room, disposition="advised", summary="Done.")
        await presenter.next("ack", re="c1")
        return room

    async def rows(self) -> list[tables.Archive]:
        return await self.database.read(_archives)


def _archives(session: Session) -> list[tables.Archive]:
    return list(session.exec(select(tables.Archive)))


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(site(tmp_path))
        database = open_database(f"sqlite:///{tmp_path / 'journal.db'}")
        stack.push_async_callback(database.close)
        yield Shop(made, database, tmp_path)


async def test_a_closed_room_is_archived_and_sealed(shop: Shop) -> None:
    room = await shop.closed_room()
    assert await shop.worker().step() is True
    (row,) = await shop.rows()
    assert (row.room, row.upto, row.events) == (room, 3, 3)
    assert verify(shop.folder / "archive" / row.path, open_key(shop.folder).public).wrong is None
    log = await shop.site.journal.records(room, 0, 100)
    assert [record.kind for record in log] == ["opened", "post", "closed", "sealed"]
    assert first_broken(log) is None
    assert shop.told == [log[-1]]


async def test_there_is_nothing_to_do_for_open_and_sealed_rooms(shop: Shop) -> None:
    node = await shop.site.node()
    await node.open(key="stays open")
    await shop.closed_room()
    worker = shop.worker()
    assert [await worker.step() for _ in range(3)] == [True, False, False]


async def test_two_workers_seal_a_room_once(shop: Shop) -> None:
    rooms = {await shop.closed_room(f"key{n}") for n in range(4)}
    workers = [shop.worker() for _ in range(3)]
    await asyncio.gather(*(worker.step() for worker in workers * 4))
    rows = await shop.rows()
    assert {row.room for row in rows} == rooms and len(rows) == 4


async def test_a_claim_is_taken_over_when_its_lease_is_over(shop: Shop) -> None:
    room = await shop.closed_room()
    dead, heir = shop.worker(), shop.worker()
    assert await dead._claim() == room
    assert await heir.step() is False
    shop.now_ms += LEASE_MS + 1
    assert await heir.step() is True
    assert len(await shop.rows()) == 1


async def test_a_worker_that_comes_back_after_its_lease_writes_nothing(shop: Shop) -> None:
    room = await shop.closed_room()
    zombie, heir = shop.worker(), shop.worker()
    await zombie._claim()
    shop.now_ms += LEASE_MS + 1
    await heir.step()
    log = await shop.site.journal.records(room, 0, 100)
    with pytest.raises(LeaseLost):
        await zombie._seal(room)
    assert await shop.site.journal.records(room, 0, 100) == log
    assert len(await shop.rows()) == 1


async def test_a_room_whose_chain_breaks_is_set_aside_and_stops_no_other(shop: Shop) -> None:
    broken, sound = await shop.closed_room("key1"), await shop.closed_room("key2")
    await shop.database.write(lambda session: _tamper(session, broken))
    worker = shop.worker()
    assert [await worker.step() for _ in range(3)] == [True, True, False]
    assert worker.set_aside == 1
    assert [row.room for row in await shop.rows()] == [sound]


def _tamper(session: Session, room: str) -> None:
    event = session.get_one(tables.Event, (room, 2))
    event.body = event.body and event.body.replace(b"Better", b"Deader")
    session.add(event)


async def test_a_folder_that_cannot_be_written_is_named_and_the_room_waits(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    room = await shop.closed_room()
    (shop.folder / "archive").write_text("in the way")
    await shop.worker().step()
    assert f"room {room} cannot be archived in {shop.folder / 'archive'}: File exists" in caplog.text
    (shop.folder / "archive").unlink()
    shop.now_ms += LEASE_MS + 1
    await shop.worker().step()
    assert [row.room for row in await shop.rows()] == [room]
