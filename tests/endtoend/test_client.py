"""Our own client against the real server, and what it makes of a bad day."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from client.client import Client
from client.errors import RefusedByServer, SignInRefused
from client.frames import Encoding
from client.room import Event, Room
from client.sending import Ack
from tests.browser.strict import StrictLine
from tests.endtoend.callers import CASE, Callers, said
from tests.endtoend.raw import Frame
from tests.endtoend.site import WRITERS, Cluster, Embedded, Site

POSTS = 20


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_a_consult_by_our_client(site: Site, encoding: Encoding) -> None:
    async with client(site, "cleo", encoding) as cleo, client(site, "ana", encoding) as ana:
        cases = await ana.watch()
        room = await cleo.open_case(**CASE)
        line = await anext(cases)
        assert (line["room"], line["change"]) == (room, "opened")
        hers, theirs = await cleo.join(room), await ana.join(room)
        post = await ana.post(room, said("Adrenaline."), kind="recommendation")
        with pytest.raises(RefusedByServer, match="forbidden"):
            await ana.corroborate(room, post.id, "agree")
        await cleo.close(room, "transferred", said("done"))
        for seat in (hers, theirs):
            assert [event.kind for event in await taken(seat, 4)] == ["opened", "post", "closed", "sealed"]
        assert room in [line["id"] for line in (await ana.get("/api/archive"))["cases"]]


async def test_a_stranger_and_a_wrong_token_are_told_so(site: Site) -> None:
    async with client(site, "cleo") as cleo, client(site, "dan") as dan:
        room = await cleo.open_case(**CASE)
        with pytest.raises(RefusedByServer, match="not_found"):
            await dan.join(room)
    with pytest.raises(SignInRefused):
        async with Client(urls(site), token="nonsense"):
            pass


async def test_flushall_and_the_loss_of_a_node_in_a_consult_of_ten_cost_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with Callers(cluster) as callers, AsyncExitStack() as stack:
        room = await callers.open_case()
        reader = await callers.seated("ana", room, node=0)
        writers = [await stack.enter_async_context(writer(cluster, n, tmp_path)) for n in range(WRITERS)]
        seats = [await one.join(room) for one in writers]
        writing = asyncio.gather(*(written(one, room) for one in writers))
        await reader.upto(room, 50)
        assert cluster.redis.answer("FLUSHALL") == "+OK\r\n"
        await reader.upto(room, 100)
        await asyncio.to_thread(cluster.web(1).kill)
        acks = await writing
        log = await callers.log(room, node=0)
        assert await reader.upto(room, len(log)) == log
        await all_hold(log, acks, seats)
        assert not [one.waiting for one in writers if one.waiting]


async def test_the_loss_of_the_one_process_costs_nothing_either(embedded: Embedded, tmp_path: Path) -> None:
    async with Callers(embedded) as callers, AsyncExitStack() as stack:
        room = await callers.open_case()
        writers = [await stack.enter_async_context(writer(embedded, n, tmp_path)) for n in range(WRITERS)]
        seats = [await one.join(room) for one in writers]
        reader = await callers.seated("ana", room)
        writing = asyncio.gather(*(written(one, room) for one in writers))
        await reader.upto(room, 50)
        await asyncio.to_thread(embedded.web(0).kill)
        await asyncio.to_thread(embedded.web(0).start)
        acks = await writing
        await all_hold(await callers.log(room), acks, seats)


async def test_behind_a_network_that_lets_no_websocket_pass_a_consult_with_a_cut_costs_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    nodes = [web.address for web in cluster.webs]
    async with StrictLine(nodes) as line, Callers(cluster) as callers, AsyncExitStack() as stack:
        room = await callers.open_case()
        reader = await callers.seated("ana", room)
        writers = [
            await stack.enter_async_context(writer(cluster, n, tmp_path, [f"http://{line.address}"]))
            for n in range(WRITERS)
        ]
        seats = [await one.join(room) for one in writers]
        writing = asyncio.gather(*(written(one, room) for one in writers))
        await reader.upto(room, 50)
        await line.cut()
        line.mend()
        acks = await writing
        await all_hold(await callers.log(room), acks, seats)


async def all_hold(log: Sequence[Frame], acks: Sequence[Sequence[Ack]], seats: Sequence[Room]) -> None:
    """What was acked is in the log once, at its place, each writer's in order; every seat was given just that log."""
    for seq, event in enumerate(log, 1):
        assert event["seq"] == seq
    assert len({event["id"] for event in log}) == len(log) == 1 + WRITERS * POSTS
    for of_one in acks:
        assert [log[ack.seq - 1]["id"] for ack in of_one if ack.seq] == [ack.id for ack in of_one]
        assert [log[ack.seq - 1]["body"]["text"] for ack in of_one if ack.seq] == [said(f"{n}") for n in range(POSTS)]
    for seat in seats:
        events = await taken(seat, len(log))
        assert [(event.seq, event.check, event.id) for event in events] == [
            (event["seq"], event["check"], event["id"]) for event in log
        ]


async def written(one: Client, room: str) -> list[Ack]:
    """The acks of one writer's posts, made one after another."""
    return [await one.post(room, said(f"{number}")) for number in range(POSTS)]


async def taken(seat: Room, count: int) -> list[Event]:
    """The next events of a room; a `Reset` between them is a failure."""
    async with asyncio.timeout(15):
        items = [await anext(seat.events) for _ in range(count)]
    events = [item for item in items if isinstance(item, Event)]
    assert events == items
    return events


def client(site: Site, person: str, encoding: Encoding = "msgpack") -> Client:
    """Our client, for one of the tests' people."""
    return Client(urls(site), token=site.tokens[person], encoding=encoding)


def writer(site: Site, number: int, folder: Path, way: Sequence[str] = ()) -> Client:
    """The client of a writer, with an outbox on disk; every other one begins at the second node, unless led a `way`."""
    token = site.tokens[f"writer{number}"]
    return Client(way or urls(site, number), token=token, outbox=folder / f"outbox{number}")


def urls(site: Site, first: int = 0) -> list[str]:
    """All nodes of a site, beginning with this one."""
    return [f"http://{site.web(first + n).address}" for n in range(len(site.webs))]
