"""The worker over a real SQLite database: every closed room is sealed once, whatever becomes of a worker."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from persistence import tables
from persistence.backlog import Waiting, waiting
from persistence.claims import LEASE_MS, LeaseLost, Seal, waits
from persistence.verdict import verify
from realtime.errors import Unavailable
from realtime.rooms.chain import first_broken
from tests.persistence.shop import Shop


async def test_a_closed_room_is_archived_and_sealed(shop: Shop) -> None:
    room = await shop.closed_room()
    assert await shop.worker().step() is True
    (row,) = await shop.rows()
    assert (row.room, row.upto, row.events) == (room, 3, 3)
    assert verify(shop.archive / row.path).wrong is None
    assert len(shop.verify(room)) == 1
    log = await shop.log(room)
    assert [record.kind for record in log] == ["opened", "post", "closed", "sealed"]
    assert first_broken(log) is None
    assert shop.told == [log[-1]]


async def test_there_is_nothing_to_do_for_open_and_sealed_rooms(shop: Shop) -> None:
    await shop.open_room("stays-open")
    await shop.closed_room()
    worker = shop.worker()
    assert [await worker.step() for _ in range(3)] == [True, False, False]


async def test_two_workers_seal_a_room_once(shop: Shop) -> None:
    rooms = [await shop.closed_room(f"room{n}") for n in range(4)]
    workers = [shop.worker() for _ in range(3)]
    await asyncio.gather(*(worker.step() for worker in workers * 4))
    assert [row.room for row in await shop.rows()] == rooms


async def test_a_claim_is_taken_over_when_its_lease_is_over(shop: Shop) -> None:
    room = await shop.closed_room()
    dead, heir = shop.worker(), shop.worker()
    claim = await dead.claim()
    assert claim is not None and claim.room == room
    assert await heir.step() is False
    shop.now_ms += LEASE_MS + 1
    assert await heir.step() is True
    assert len(await shop.rows()) == 1


async def test_a_worker_that_comes_back_after_its_lease_writes_nothing(shop: Shop) -> None:
    room = await shop.closed_room()
    zombie, heir = shop.worker(), shop.worker()
    claim = await zombie.claim()
    assert claim is not None
    shop.now_ms += LEASE_MS + 1
    await heir.step()
    log = await shop.log(room)
    with pytest.raises(LeaseLost):
        await zombie.seal(claim)
    assert await shop.log(room) == log
    assert len(await shop.rows()) == 1
    shop.verify(room)


async def test_a_room_whose_database_was_away_is_sealed_as_soon_as_it_is_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await shop.closed_room()
    worker = shop.worker()

    async def away(seal: Seal) -> None:
        raise Unavailable

    with monkeypatch.context() as patched:
        patched.setattr(worker._sealer, "marked", away)
        with pytest.raises(Unavailable):
            await worker.step()
    assert await worker.step() is True
    assert [row.room for row in await shop.rows()] == [room]
    assert await shop.all(tables.Trouble) == []


async def test_a_long_seal_keeps_its_lease(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.claims.LEASE_MS", 30)
    await shop.closed_room()
    slow, other = shop.worker(), shop.worker()
    claim = await slow.claim()
    assert claim is not None
    async with slow._lease_kept(claim.room):
        shop.now_ms += 25
        await renewed_to(shop, claim.room, shop.now_ms + 30)
        shop.now_ms += 25
        assert await other.claim() is None


async def renewed_to(shop: Shop, room: str, until_ms: int) -> None:
    """Return when the lease on `room` lasts so long."""

    def until(session: Session) -> int | None:
        return session.get_one(tables.Room, room).claimed_until

    for _ in range(1_000):
        if await shop.database.read(until) == until_ms:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("the lease was not renewed")


async def test_a_room_that_grows_while_it_is_sealed_is_sealed_at_the_next_try(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await shop.closed_room()
    worker = shop.worker()
    marked = worker._sealer.marked

    async def grown(seal: Seal) -> None:
        await shop.outcome(room)
        await marked(seal)

    with monkeypatch.context() as patched:
        patched.setattr(worker._sealer, "marked", grown)
        assert await worker.step() is True
    assert await shop.rows() == []
    assert [await worker.step() for _ in range(3)] == [True, True, False]
    assert [seal.upto for seal in shop.verify(room)] == [3, 4]


async def test_what_waits_is_counted_with_the_time_of_the_first(shop: Shop) -> None:
    assert await shop.waiting() == Waiting()
    rooms = [await shop.closed_room(f"room{n}") for n in range(3)]
    log = await shop.log(rooms[0])
    assert await shop.waiting() == Waiting(3, log[-1].at)
    worker = shop.worker()
    await shop.tries(worker, 3)
    assert await shop.waiting() == Waiting()
    outcome = await shop.outcome(rooms[1])
    assert await shop.waiting() == Waiting(1, outcome.at)


async def test_a_worker_that_reads_what_another_has_sealed_meanwhile_leaves_the_file_as_it_is(shop: Shop) -> None:
    room = await shop.closed_room()
    zombie, heir = shop.worker(), shop.worker()
    claim = await zombie.claim()
    assert claim is not None
    shop.now_ms += LEASE_MS + 1
    await shop.outcome(room)
    await shop.tries(heir, 2)
    before = {path.name: path.read_bytes() for path in shop.archive.glob("*.curbside")}
    with pytest.raises(LeaseLost):
        await zombie.seal(claim)
    assert {path.name: path.read_bytes() for path in shop.archive.glob("*.curbside")} == before


async def test_what_workers_and_metrics_ask_again_and_again_reads_no_room_that_is_sealed(shop: Shop) -> None:
    """The archive grows for years, and a worker looks for work three times a second."""
    plans = await shop.database.read(plans_of_what_is_asked)
    assert len(plans) == 2
    for plan in plans:
        assert "SEARCH room USING INDEX" in plan
        assert "SCAN room" not in plan


def plans_of_what_is_asked(session: Session) -> list[str]:
    """How SQLite looks for what waits."""
    connection = session.connection()
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, values: Any, *rest: object) -> None:
        asked.append((statement, values))

    event.listen(connection.engine, "before_cursor_execute", note)
    waits(session, 0)
    waiting(session)
    event.remove(connection.engine, "before_cursor_execute", note)
    plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values) for statement, values in asked]
    return ["\n".join(row[3] for row in plan) for plan in plans]
