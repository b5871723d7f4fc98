"""What workers ask of a database, on both: claims, marks, addenda, troubles and the backlog."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from persistence.backlog import Waiting
from persistence.claims import MOST_TRIES
from persistence.database import Database
from persistence.journal import open_journal
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from persistence.troubles import release, set_aside
from realtime.rooms.chain import first_broken
from tests.persistence.shop import Shop


@pytest.fixture
async def shop(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Shop]:
    journal = open_journal(database)
    yield Shop(database, journal, tmp_path)
    await journal.close()


async def test_workers_at_once_put_each_seal_on_each_room_once(shop: Shop) -> None:
    rooms = [await shop.closed_room(f"room{n}") for n in range(4)]
    for room in rooms[:2]:
        await shop.outcome(room)
    workers = [shop.worker() for _ in range(3)]
    for _ in range(4):
        await asyncio.gather(*(worker.step() for worker in workers))
    seals = [(row.room, row.addendum) for row in await shop.rows()]
    assert seals == [("room0", 0), ("room0", 1), ("room1", 0), ("room1", 1), ("room2", 0), ("room3", 0)]
    for room in rooms:
        log = await shop.log(room)
        assert first_broken(log) is None
        assert [record.kind for record in log].count("sealed") == len(shop.verify(room))
    assert await shop.waiting() == Waiting()


async def test_a_poison_room_is_set_aside_and_released(shop: Shop, database: Database) -> None:
    poison, sound = await shop.closed_room("poison"), await shop.closed_room("sound")
    await update(database, "UPDATE event SET kind = 'pinned' WHERE room = 'poison' AND seq = 2")
    worker = shop.worker()
    await shop.tries(worker, MOST_TRIES + 1)
    assert [row.room for row in await shop.rows()] == [sound]
    (trouble,) = await database.read(set_aside)
    assert (trouble.room, trouble.first_wrong) == (poison, 2)
    assert await shop.waiting() == Waiting(aside=1)
    await update(database, "UPDATE event SET kind = 'post' WHERE room = 'poison' AND seq = 2")
    assert await database.write(lambda session: release(session, poison)) is True
    await worker.step()
    assert [row.room for row in await shop.rows()] == [poison, sound]


async def update(database: Database, statement: str) -> None:
    await database.write(lambda session: session.connection().execute(text(statement)))
