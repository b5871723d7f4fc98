"""What a seat is sent while other things happen to it: it goes, comes back, does not read, is far behind."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import ana, cleo
from tests.live import Caller, LiveNode, site


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


@pytest.fixture
async def room(node: LiveNode) -> str:
    return await node.open()


async def long_log(node: LiveNode, room: str, text: str = "Note") -> Caller:
    """A presenter who has posted 700 times: more than the tail holds."""
    author = await node.seated(cleo, room)
    for n in range(700):
        author.send("post", id=f"p{n}", room=room, text=text)
        if n % 100 == 99:
            await author.next("ack", re=f"p{n}")
    return author


async def test_a_seat_that_was_given_back_is_sent_nothing_more(node: LiveNode, room: str) -> None:
    await long_log(node, room)
    reader = node.call(ana)
    reader.send("join", id="j1", room=room, after=0)
    reader.send("leave", id="l1", room=room)
    reader.send("join", id="j2", room=room, after=0)
    await reader.next("caught_up")
    assert [frame["t"] for frame in reader.frames[:4]] == ["welcome", "joined", "left", "joined"]
    frames = reader.frames[3:]
    assert [event["seq"] for frame in frames for event in frame.get("events", [])] == list(range(1, 702))


async def test_joining_twice_at_once_gives_each_event_once(node: LiveNode, room: str) -> None:
    await long_log(node, room)
    reader = node.call(ana)
    reader.send("join", id="j1", room=room, after=0)
    reader.send("join", id="j2", room=room, after=0)
    await reader.next("joined", re="j2")
    second = len(reader.frames)
    await reader.next("caught_up")
    frames = reader.frames[second:]
    assert [event["seq"] for frame in frames for event in frame.get("events", [])] == list(range(1, 702))


async def test_whoever_is_removed_while_they_catch_up_reads_no_further(node: LiveNode, room: str) -> None:
    presenter = await long_log(node, room)
    reader = node.call(ana)
    reader.send("join", id="j1", room=room, after=0)
    await reader.next("joined")
    host = node.hub.live(room)
    assert host is not None
    host.expel([seat for seat in host.fanout if seat.person.id == "ana"], "removed")
    await reader.next("left")
    presenter.send("post", id="last", room=room, text="Between us.")
    await presenter.next("event", id="last")
    assert reader.frames[-1]["t"] == "left"


async def test_a_reader_who_stalls_while_far_behind_is_left_where_it_stands(node: LiveNode, room: str) -> None:
    await long_log(node, room, "x" * 2_000)
    reader = node.call(ana)
    reader.send("join", id="j1", room=room, after=0)
    await reader.next("joined")
    reader.stall()
    host = node.hub.live(room)
    assert host is not None
    while any(seat.fetching for seat in host.fanout):
        await asyncio.sleep(0)
    assert not reader.aborted and reader.unread_bytes < 100_000
    reader.drain()
    await reader.next("caught_up")
    assert [event["seq"] for event in reader.events()] == list(range(1, 702))
