"""A node is stopped in the middle of whatever it does, the others take it for gone, and then it goes on."""

import asyncio

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw, fresh
from tests.endtoend.site import Cluster

GONE_WITHIN_S = 25.0
"""A node that is silent for 9 s is gone, and so is a connection that is for 12; each is looked at once a second."""
STOPPED_S = 13.0


async def test_a_node_that_was_stopped_forks_nothing_doubles_nothing_and_leaves_no_ghosts(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ben = await callers.seated("ben", room, node=0)
        ana, mo = await callers.seated("ana", room, node=1), await callers.seated("mo", room, node=1)
        await ben.until(lambda: here(ben) == people(ana, ben, mo))
        for seat in (ana, ben, mo):
            await seat.ask("post", room=room, text=said("before"))
        stopped = asyncio.get_running_loop().time()
        cluster.web(1).pause()
        try:
            late = [fresh() for _ in range(3)]
            for name in late:
                await ana.send("post", id=name, room=room, text=said(name))
            for _ in range(5):
                assert (await ben.ask("post", room=room, text=said("meanwhile")))["t"] == "ack"
            await ben.until(lambda: here(ben) == people(ben), GONE_WITHIN_S)
            position = ana.position(room)
            back = await callers.seated("ana", room, node=0, **position)
            assert back.of("joined")[0]["resumed"] is True
            await ben.until(lambda: here(ben) == people(ana, ben), GONE_WITHIN_S)
            acks = [await back.ask("post", id=name, room=room, text=said(name)) for name in late[:2]]
            assert [ack.get("duplicate", False) for ack in acks] == [False, False]
            await asyncio.sleep(stopped + STOPPED_S - asyncio.get_running_loop().time())
        finally:
            cluster.web(1).resume()
        # Whoever was silent as long as the node stood still may be cut off; they come back.
        mo = await reads_on(callers, mo, room, "mo")
        assert (await mo.ask("post", room=room, text=said("after")))["t"] == "ack"
        again = [await back.ask("post", id=name, room=room, text=said(name)) for name in late]
        assert [ack["duplicate"] for ack in again[:2]] == [True, True]
        log = await callers.log(room)
        ids = [event["id"] for event in log]
        assert len(set(ids)) == len(ids) and set(late) <= set(ids)
        assert await ben.upto(room, len(log)) == await callers.log(room, node=1) == log
        assert ana.events(room) == log[: len(ana.events(room))]
        assert await back.upto(room, len(log)) == log[position["after"] :]
        await ana.hang_up()
        await back.hang_up()
        for seat in (ben, mo):
            await seat.until(lambda seat=seat: here(seat) == people(ben, mo), GONE_WITHIN_S)  # type: ignore[misc]


def people(*seats: Raw) -> set[str]:
    """The ids of those who sit there."""
    return {seat.me["person"] for seat in seats}


def here(seat: Raw) -> set[str]:
    """Who is here, as this seat was told: all of `joined`, then who came and went."""
    present: set[str] = set()
    for frame in seat.of("joined", "presence"):
        if frame["t"] == "joined":
            present = {one["person"] for one in frame["roster"]}
        else:
            present |= {one["person"] for one in frame["here"]}
            present -= set(frame["gone"])
    return present


async def reads_on(callers: Callers, seat: Raw, room: str, person: str) -> Raw:
    """A seat that reads the newest, on the same node: this one, or, where it was cut off, one that goes on from it."""
    try:
        await seat.until(lambda: seat.socket.close_code is not None, 3)
    except TimeoutError:
        return seat
    except ConnectionError:
        pass
    return await callers.seated(person, room, node=1, **seat.position(room))
