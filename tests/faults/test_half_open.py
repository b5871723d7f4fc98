"""Clients that are gone without a word: found within two heartbeats, with nothing left of them."""

import time
from collections.abc import AsyncIterator

import pytest

from realtime.connections import SILENCE_S
from tests.endtoend.callers import Callers
from tests.endtoend.site import Embedded
from tests.faults.bystanders import Bystanders
from tests.faults.judge import written
from tests.faults.lines import Line, Proxy, Tunnel
from tests.faults.nodes import memory_bytes, restarted, roster, sockets, until, until_connections

# Everybody is looked at once a second.
FOUND_S = SILENCE_S + 3
MANY = 15
MORE_THAN_A_LINE_HOLDS = 200
SOME_BYTES = 16 * 1_024 * 1_024


@pytest.fixture(params=[Proxy, Tunnel])
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    kind: type[Proxy] | type[Tunnel] = request.param
    async with kind() as line:
        yield line


# For the first crowd a node takes memory that it keeps; a second one must do with that.
@pytest.mark.parametrize(("posts", "crowds"), [(0, 1), (MORE_THAN_A_LINE_HOLDS, 2)], ids=["idle", "full"])
async def test_clients_that_are_stopped_are_found_and_leave_nothing(
    embedded: Embedded, posts: int, crowds: int
) -> None:
    node = embedded.web(0)
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        ben = await callers.seated("ben", room)
        await written(ben, room, posts or 1)
        await until_connections(callers, 1, FOUND_S)
        before = sockets(node)
        for _ in range(crowds):
            before_bytes = memory_bytes(node)
            with Bystanders(node.address, embedded.tokens["ana"], room, MANY) as them:
                await ben.until(lambda: len(roster(ben)) == 2)
                them.stop()
                since_s = time.monotonic()
                await written(ben, room, posts)
                await until_connections(callers, 1, FOUND_S - (time.monotonic() - since_s))
                await ben.until(lambda: len(roster(ben)) == 1)
            await until(lambda: sockets(node) <= before)
        assert memory_bytes(node) < before_bytes + SOME_BYTES


async def test_a_line_that_goes_dead_is_found_also_when_much_was_under_way(embedded: Embedded, line: Line) -> None:
    node = embedded.web(0)
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        ben = await callers.seated("ben", room)
        await written(ben, room, MORE_THAN_A_LINE_HOLDS)
        before = sockets(node)
        assert node.port is not None
        ana = await line.call(node.port.number, embedded.tokens["ana"])
        await ana.ask("join", room=room)
        await ben.until(lambda: ana.me["person"] in roster(ben))
        line.cut()
        since_s = time.monotonic()
        await written(ben, room, MORE_THAN_A_LINE_HOLDS)
        await until_connections(callers, 1, FOUND_S - (time.monotonic() - since_s))
        await ben.until(lambda: ana.me["person"] not in roster(ben))
        await until(lambda: sockets(node) <= before)
        await ana.cut()
        back = await callers.seated("ana", room, **ana.position(room))
        assert back.of("joined")[0]["resumed"] is True
        await back.upto(room, len(await callers.log(room)))


async def test_without_the_look_at_the_silent_they_would_stay(embedded: Embedded) -> None:
    node = embedded.web(0)
    await restarted(node, "without:abort")
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        with Bystanders(node.address, embedded.tokens["ana"], room, MANY) as them:
            them.stop()
            with pytest.raises(TimeoutError):
                await until_connections(callers, 0, FOUND_S)
