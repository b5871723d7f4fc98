"""SIGTERM, once and twice, with readers who do not read, and while a commit hangs."""

import asyncio
import signal
import time
from typing import Final

import pytest
from websockets.exceptions import InvalidStatus

from tests.endtoend.callers import Callers, said
from tests.endtoend.site import Cluster, Embedded, Site
from tests.faults.judge import sent_until_cut, written
from tests.faults.nodes import family, restarted, signal_all

GRACE_S: Final = 10.0


@pytest.fixture(params=["embedded", "cluster"])
def going(request: pytest.FixtureRequest) -> Site:
    """Both deployments, for harm."""
    site: Site = request.getfixturevalue(request.param)
    return site


async def test_while_a_node_drains_it_says_over_http_that_it_is_going(embedded: Embedded) -> None:
    node = embedded.web(0)
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        ana.socket.transport.pause_reading()  # the drain waits for her for a while
        await written(ben, room, 60)
        assert await callers.get("/readyz") == {"degraded": [], "disks": 1}
        node.terminate()
        assert (await ben.next("bye"))["code"] == 1012
        answer = await callers.request("GET", "/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        with pytest.raises(InvalidStatus) as refused:
            await callers.call("mo")
        assert refused.value.response.status_code == 503
        assert (await callers.request("GET", "/healthz")).status_code == 200
        assert await asyncio.to_thread(node.await_end) == 0
        assert await ben.closed() == 1012
        ana.socket.transport.abort()


async def test_a_second_sigterm_changes_nothing(going: Site) -> None:
    async with Callers(going) as callers:
        calls = [await callers.call(person, node=1) for person in ("ana", "ben", "cleo", "mo") for _ in range(3)]
        since_s = time.monotonic()
        going.web(1).terminate()
        await calls[0].next("bye")
        going.web(1).terminate()
        assert await asyncio.to_thread(going.web(1).await_end) == 0
        assert time.monotonic() - since_s < GRACE_S
        assert [await call.closed() for call in calls] == [1012] * len(calls)
        assert [len(call.of("bye")) for call in calls] == [1] * len(calls)


async def test_writers_are_told_when_to_come_back_in_the_middle_of_what_they_say(embedded: Embedded) -> None:
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        seats = [await callers.seated(person, room) for person in ("ana", "ben", "cleo", "mo")]
        writing = [asyncio.create_task(sent_until_cut(seat, room)) for seat in seats]
        await seats[0].upto(room, 100)
        assert await asyncio.to_thread(embedded.web(0).stop) == 0
        await asyncio.gather(*writing)
        assert [[bye["code"] for bye in seat.of("bye")] for seat in seats] == [[1012]] * 4
        assert [await seat.closed() for seat in seats] == [1012] * 4


async def test_sigterm_while_a_commit_hangs_ends_within_the_grace_time_and_loses_nothing_acked(
    cluster: Cluster,
) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana = await callers.seated("ana", room)
        acks = [await ana.ask("post", id=f"told{n}", room=room, text=said("told")) for n in range(5)]
        assert cluster.postgres.process is not None
        database = family(cluster.postgres.process.pid)
        signal_all(database, signal.SIGSTOP)
        try:
            await ana.send("post", id="unsure", room=room, text=said("unsure"))
            since_s = time.monotonic()
            cluster.web(1).terminate()
            assert await asyncio.to_thread(cluster.web(1).await_end) == 0
            assert time.monotonic() - since_s < GRACE_S
        finally:
            signal_all(database, signal.SIGCONT)
        assert not ana.answers("unsure")
        await restarted(cluster.web(1))
        log = await callers.log(room, node=1)
        assert [log[ack["seq"] - 1]["id"] for ack in acks] == [f"told{n}" for n in range(5)]
        back = await callers.seated("ana", room, **ana.position(room))
        assert (await back.ask("post", id="unsure", room=room, text=said("unsure")))["seq"] == 7
        assert [event["id"] for event in await callers.log(room)][6:] == ["unsure"]
