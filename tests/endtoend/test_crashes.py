"""Processes are killed with -9 at moments that nobody chose."""

import asyncio
from random import Random

import asyncpg

from persistence.verdict import verify
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import PATIENCE_S, Raw, fresh
from tests.endtoend.site import Cluster, Embedded

ROOMS = 7
KILLS = 8
MOST_KILLS = 32
LEASE_S = 30


async def test_kill_9_of_the_one_process_in_the_middle_of_writes_loses_nothing_acked(embedded: Embedded) -> None:
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        seats = {person: await callers.seated(person, room) for person in ("ana", "ben", "cleo")}
        sending = [asyncio.create_task(sent_until_cut(seat, room)) for seat in seats.values()]
        await seats["ana"].upto(room, 100)
        await asyncio.to_thread(embedded.web(0).kill)
        sent = dict(zip(seats, [await names for names in sending], strict=True))
        await asyncio.to_thread(embedded.web(0).start)
        log = await callers.log(room)
        for seat in seats.values():
            await seat.closed()
            assert [log[ack["seq"] - 1]["id"] for ack in seat.of("ack")] == [ack["re"] for ack in seat.of("ack")]
            assert seat.events(room) == log[: len(seat.events(room))]
        for person, seat in seats.items():
            back = await callers.seated(person, room, **seat.position(room))
            assert back.of("joined")[0]["resumed"] is True
            for name in sent[person]:
                ack = await back.ask("post", id=name, room=room, text=said(name))
                assert ack.get("duplicate", False) == (name in {event["id"] for event in log})
            seen = seat.events(room) + back.events(room)
            assert seen == (await callers.log(room))[: len(seen)]
        ids = [event["id"] for event in await callers.log(room)]
        assert sorted(ids[1:]) == sorted(name for names in sent.values() for name in names)


async def test_a_worker_that_is_killed_at_any_moment_seals_each_room_exactly_once(cluster: Cluster) -> None:
    moments, worker, interrupted = Random(7), cluster.worker, 0
    async with Callers(cluster) as callers:
        await asyncio.to_thread(worker.stop)
        cleo = await callers.call("cleo")
        rooms = [await closed(callers, cleo) for _ in range(ROOMS)]
        for kills in range(MOST_KILLS):
            if kills >= KILLS:
                if interrupted:
                    break
                # On a busy machine it takes a while until a worker has begun with anything.
                rooms.append(await closed(callers, cleo))
            await asyncio.to_thread(worker.start)
            await asyncio.sleep(moments.uniform(0.0, 0.12 if kills < KILLS else 1.0))
            await asyncio.to_thread(worker.kill)
            interrupted += await leases_lapse(cluster)
        await asyncio.to_thread(worker.start)
        for room in rooms:
            events = await cleo.upto(room, 3, LEASE_S + PATIENCE_S)
            assert [event["kind"] for event in events] == ["opened", "closed", "sealed"]
            assert verify(cluster.var / "archive" / f"{room}.curbside").wrong is None
        assert interrupted
        lines = (await callers.get("/api/archive", "cleo", limit=200))["cases"]
        assert sorted(line["id"] for line in lines) == sorted(rooms)


async def sent_until_cut(seat: Raw, room: str) -> list[str]:
    """The ids of the posts that were sent, without waiting for answers, until the connection was lost."""
    names: list[str] = []
    try:
        while True:
            names.append(fresh())
            await seat.send("post", id=names[-1], room=room, text=said(names[-1]))
            if len(names) > 20:
                await seat.until(lambda: bool(seat.answers(names[-20])))
    except ConnectionError:
        return names


async def closed(callers: Callers, cleo: Raw) -> str:
    """A case of cleo's, in which she sits, closed."""
    room = await callers.open_case()
    await cleo.ask("join", room=room)
    assert (await cleo.ask("close", room=room, disposition="stayed", summary=said("done")))["t"] == "ack"
    return room


async def leases_lapse(cluster: Cluster) -> int:
    """Let the dead worker's leases be over, which takes 30 s by themselves; how many there were.

    A claim that PostgreSQL commits only after this, for the worker's last words were under way, lasts its time.
    """
    connection = await asyncpg.connect(cluster.database_url)
    try:
        ended = await connection.execute("UPDATE room SET claimed_until = 0 WHERE claimed_by IS NOT NULL")
        return int(ended.removeprefix("UPDATE "))
    finally:
        await connection.close()
