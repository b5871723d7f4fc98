"""A node that is told to go says goodbye first."""

import asyncio
import time

import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import Cluster, Embedded, Site


@pytest.fixture(params=["embedded", "cluster"])
def going(request: pytest.FixtureRequest) -> Embedded | Cluster:
    """Both deployments, for harm."""
    site: Embedded | Cluster = request.getfixturevalue(request.param)
    return site


async def test_on_sigterm_everybody_is_told_when_to_come_back_and_the_process_ends_well(going: Site) -> None:
    async with Callers(going) as callers:
        calls = [await callers.call(person, node=1) for person in ("ana", "ben", "cleo", "mo") for _ in range(3)]
        since = time.monotonic()
        status = await asyncio.to_thread(going.web(1).stop)
        assert (status, time.monotonic() - since < 5) == (0, True)
        byes = [await call.next("bye") for call in calls]
        assert {bye["code"] for bye in byes} == {1012}
        assert len({bye["retry_after_ms"] for bye in byes}) > 6
        assert [await call.closed() for call in calls] == [1012] * len(calls)


async def test_what_was_acked_before_sigterm_is_on_record_after_it(going: Site) -> None:
    async with Callers(going) as callers:
        room = await callers.open_case()
        ana = await callers.seated("ana", room, node=1)
        writing = asyncio.create_task(written_until_cut(ana, room))
        await ana.upto(room, 30)
        await asyncio.to_thread(going.web(1).stop)
        await writing
        await asyncio.to_thread(going.web(1).start)
        log = await callers.log(room, node=1)
        assert ana.of("ack")
        assert [log[ack["seq"] - 1]["id"] for ack in ana.of("ack")] == [ack["re"] for ack in ana.of("ack")]
        back = await callers.seated("ana", room, node=1, **ana.position(room))
        assert back.of("joined")[0]["resumed"] is True
        assert ana.events(room) + back.events(room) == log


async def written_until_cut(seat: Raw, room: str) -> None:
    """Post until the connection is gone."""
    try:
        while True:
            await seat.ask("post", room=room, text=said("news"))
    except ConnectionError:
        return
