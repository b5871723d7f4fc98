"""One node after the other is restarted under load: no word is lost, none is read twice, nobody has to reload."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from client.client import Client
from client.room import Event, Room
from client.sending import Ack
from drill.process import Process
from drill.servers import Port
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import PATIENCE_S, Raw
from tests.endtoend.site import WRITERS, Cluster
from tests.faults.nodes import restarted, until

CLIENTS: Final = 20
# People think between two sentences.
THOUGHT_S: Final = 0.1
SOME_POSTS: Final = 100


async def test_two_nodes_are_restarted_under_twenty_clients(cluster: Cluster, tmp_path: Path) -> None:
    urls = [f"http://{node.address}" for node in cluster.webs]
    async with Callers(cluster) as callers, AsyncExitStack() as stack:
        room = await callers.open_case()
        writers = [await stack.enter_async_context(writer(cluster, n, urls, tmp_path)) for n in range(CLIENTS)]
        seats = [await one.join(room) for one in writers]
        enough = asyncio.Event()
        writing = [asyncio.create_task(written(one, room, n, enough)) for n, one in enumerate(writers)]
        for node in cluster.webs:
            await further(seats, SOME_POSTS)
            await restarted(node)
            await further(seats, SOME_POSTS)
        enough.set()
        acks = await asyncio.gather(*writing)
        await all_hold(callers, room, acks, seats)
        assert not [one.waiting for one in writers if one.waiting]


async def test_workers_are_restarted_one_at_a_time_on_sighup(cluster: Cluster, tmp_path: Path) -> None:
    both = Process(["serve", "--workers=2"], cluster.environment, tmp_path / "logs" / "both", Port())
    cluster.webs.append(both)
    await asyncio.to_thread(both.start)
    async with Callers(cluster) as callers, AsyncExitStack() as stack:
        room = await callers.open_case()
        watching = [await callers.seated("mo", room, node=2) for _ in range(8)]
        urls = [f"http://{both.address}"]
        writers = [await stack.enter_async_context(writer(cluster, n, urls, tmp_path)) for n in range(CLIENTS // 2)]
        seats = [await one.join(room) for one in writers]
        enough = asyncio.Event()
        writing = [asyncio.create_task(written(one, room, n, enough)) for n, one in enumerate(writers)]
        await further(seats, SOME_POSTS)
        both.hang_up()
        assert [await left(seat) for seat in watching] == [1012] * len(watching)
        await further(seats, SOME_POSTS)
        enough.set()
        await all_hold(callers, room, await asyncio.gather(*writing), seats)
        old = {seat.of("welcome")[0]["node"] for seat in watching}
        new = [await callers.call("mo", node=2) for _ in range(8)]
        assert not old & {seat.of("welcome")[0]["node"] for seat in new}


async def left(seat: Raw) -> int:
    """The code with which a seat was sent away, in the time that two workers take to be replaced."""
    async with asyncio.timeout(2 * PATIENCE_S):
        while True:
            try:
                return await seat.closed()
            except TimeoutError:
                continue


async def written(one: Client, room: str, number: int, enough: asyncio.Event) -> list[Ack]:
    """The acks of one writer's posts, made one after another until it is enough."""
    acks: list[Ack] = []
    while not enough.is_set():
        acks.append(await one.post(room, said(f"{number}: {len(acks)}")))
        await asyncio.sleep(THOUGHT_S)
    return acks


async def further(seats: list[Room], posts: int) -> None:
    """Return when every seat has been told of so many posts more than any had."""
    upto = max(seat.position.seq for seat in seats if seat.position) + posts
    await until(lambda: all(seat.position and seat.position.seq >= upto for seat in seats), 2 * PATIENCE_S)


async def all_hold(callers: Callers, room: str, acks: list[list[Ack]], seats: list[Room]) -> None:
    """What was acked is in the log once, at its place; every seat was given just that log, and no state anew."""
    log = await callers.log(room)
    ids = [event["id"] for event in log]
    sent = [ack for of_one in acks for ack in of_one]
    assert sorted(ids[1:]) == sorted(ack.id for ack in sent)
    assert [ids[ack.seq - 1] for ack in sent if ack.seq] == [ack.id for ack in sent]
    for seat in seats:
        async with asyncio.timeout(PATIENCE_S):
            items = [await anext(seat.events) for _ in log]
        assert [item.id for item in items if isinstance(item, Event)] == ids


def writer(cluster: Cluster, number: int, urls: list[str], folder: Path) -> Client:
    """The client of a writer, two to a person, with an outbox on disk; every other one begins at another node."""
    first = number % len(urls)
    token = cluster.tokens[f"writer{number % WRITERS}"]
    return Client([*urls[first:], *urls[:first]], token=token, outbox=folder / f"outbox{number}")
