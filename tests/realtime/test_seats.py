"""What a seat is sent while other things happen to it: it goes, comes back, does not read, is far behind."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime.errors import Unavailable
from realtime.frames import form
from realtime.joining import room_at, take_seat
from realtime.rooms.opening import SwitchRequest
from realtime.tail import MOST_PREPARED
from realtime.wire.client import Join
from realtime.wire.frame import Encoding
from tests.builders import ana, ben, cleo, mo, obi
from tests.faults.nodes import until
from tests.live import Caller, LiveNode, site

FOLLOW: dict[str, Any] = {"as": "follow"}
mia = msgspec.structs.replace(ben, id="mia")


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
    await asyncio.gather(*host.fanout._fetches)
    assert not reader.aborted and reader.unread_bytes < 100_000
    reader.drain()
    await reader.next("caught_up")
    assert [event["seq"] for event in reader.events()] == list(range(1, 702))


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_joined_is_never_over_32_kib(node: LiveNode, encoding: Encoding) -> None:
    room = await node.open(situation="你" * 11_000, key="long")
    presenter = await node.seated(mo, room)
    for n in range(20):
        presenter.send("post", id=f"p{n}", room=room, text='"你' * 4_000)
        presenter.send("pin", id=f"pin{n}", room=room, target=f"p{n}")
    await presenter.next("ack", re="pin19")
    for n in range(100):
        await node.seated(msgspec.structs.replace(ana, id=f"ana{n}", handle=f"dr_ana_{n}" + "你" * 50), room)
    reader = await node.seated(ben, room, encoding)
    joined = reader.of("joined")[0]
    encode = msgspec.json.encode if encoding == "json" else msgspec.msgpack.encode
    assert len(encode(joined)) <= 32_768
    assert joined["case"]["shortened"] and len(joined["state"]["pinned"]) == 20
    assert all(pin["shortened"] and pin["text"].startswith('"你"你') for pin in joined["state"]["pinned"])
    frame = await reader.next("presence")
    while len(frame["here"]) < 100:
        frame = await reader.next("presence")


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_joined_with_all_lists_full_is_never_over_32_kib(node: LiveNode, encoding: Encoding) -> None:
    named = msgspec.structs.replace(cleo, handle="你" * 64, name="你" * 64)
    room = await node.open(named, situation="你" * 11_000, key="full")
    presenter = await node.seated(named, room)
    for n in range(20):
        presenter.send("post", id=f"p{n}", room=room, text='"你' * 4_000, kind="recommendation")
        presenter.send("pin", id=f"pin{n}", room=room, target=f"p{n}")
        presenter.send("post", id=f"q{n}", room=room, text='"你' * 4_000, kind="question", to="ben")
    for n in range(7):
        presenter.send("act", id=f"a{n}", room=room, target=f"p{n}", state="accepted", read_back='"你 "a b' * 200)
    await presenter.next("ack", re="a6")
    joined = (await node.seated(ben, room, encoding)).of("joined")[0]
    encode = msgspec.json.encode if encoding == "json" else msgspec.msgpack.encode
    assert len(encode(joined)) <= 32_768
    state = joined["state"]
    assert (len(state["pinned"]), len(state["plan"]), len(state["questions"])) == (20, 7, 20)
    assert all(post["shortened"] for name in ("pinned", "plan", "questions") for post in state[name])


async def test_a_reader_who_was_behind_keeps_no_ghosts(node: LiveNode, room: str) -> None:
    reader, viewer = await node.seated(ana, room), await node.seated(mo, room, **FOLLOW)
    other = await node.seated(ben, room)
    frame = await reader.next("presence")
    while "ben" not in [one["person"] for one in frame["here"]]:
        frame = await reader.next("presence")
    reader.stall()
    viewer.stall()
    other.close()
    witness = await node.seated(cleo, room)
    await witness.next("presence", gone=["ben"])
    await node.seated(obi, room)
    while not (await witness.next("presence"))["observers"]["total"]:
        pass
    reader.drain()
    viewer.drain()
    told = await reader.next("presence")
    assert told["gone"] == ["ben"] and [one["person"] for one in told["here"]] == ["ana", "cleo"]
    while not (counts := await viewer.next("presence"))["observers"]["total"]:
        pass
    assert counts["here"] == []


async def test_presence_comes_at_most_four_times_a_second(node: LiveNode, room: str) -> None:
    reader = await node.seated(ana, room)
    writer = await node.seated(cleo, room)
    for n in range(100):
        writer.send("post", id=f"p{n}", room=room, text="Note")
    await writer.next("ack", re="p99")
    before = len(reader.frames)
    for n in range(100):
        writer.send("seen", room=room, seq=n + 1)
        await asyncio.sleep(0.025)
    told = zip(reader.frames[before:], reader.came_s[before:], strict=True)
    at = [came_s for frame, came_s in told if frame["t"] == "presence"]
    assert len(at) > 4
    assert all(later - earlier > 0.9 for earlier, later in zip(at, at[4:], strict=False))


async def test_observers_who_are_behind_do_not_replay_the_log_each_time(node: LiveNode, room: str) -> None:
    presenter = await long_log(node, room)
    host = await node.hub.host(room)
    assert host is not None
    first = await room_at(host, 600)
    presenter.send("post", id="last", room=room, text="Not yet.")
    await presenter.next("ack", re="last")
    assert first.seq == 600 and await room_at(host, 600) is first
    assert (await room_at(host, 650)).seq == 650
    assert (await room_at(host, 20)).seq == 20


async def test_nobody_takes_a_seat_in_a_room_that_was_dropped_meanwhile(node: LiveNode, room: str) -> None:
    host = await node.hub.host(room)
    assert host is not None
    node.hub.rooms.drop(host)
    reader = node.call(ana)
    with pytest.raises(Unavailable):
        await take_seat(host, reader.connection, Join(id="j", room=room))
    reader.send("join", id="again", room=room)
    await reader.next("caught_up")


async def test_what_readers_behind_are_sent_is_not_kept_without_end(node: LiveNode, room: str) -> None:
    await long_log(node, room)
    host = node.hub.live(room)
    assert host is not None
    for after in range(host.tail.first, host.head.seq):
        host.tail.prepared(after, host.head.seq, "contributors", form("json"))
    assert len(host.tail._prepared) <= MOST_PREPARED


async def test_who_stands_behind_one_that_stalls_in_the_middle_is_brought_all_the_way(
    node: LiveNode, room: str
) -> None:
    author = await node.seated(ana, room)
    stalling, reading = [await node.seated(person, room, **FOLLOW) for person in (ben, mo)]
    write = stalling.write

    def stall(data: bytes) -> None:
        write(data)
        stalling.stall()

    stalling.write = stall  # type: ignore[method-assign]
    for n in range(8):
        author.send("post", id=f"p{n}", room=room, text="x" * 8_000)
    await reading.has(9)
    assert len(stalling.events()) < 9
    stalling.write = write  # type: ignore[method-assign]
    stalling.drain()
    await stalling.has(9)


async def test_who_comes_as_an_event_becomes_due_takes_it_from_no_other_observer(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await node.open(observers=SwitchRequest("delayed", 1))
    author = await node.seated(ana, room)
    wall, passed_ms = node.hub.node.wall, 2_000
    steady_ms = wall.steady_ms
    monkeypatch.setattr(wall, "steady_ms", lambda: steady_ms() + passed_ms)
    observer = await node.seated(obi, room)
    author.send("post", id="p1", room=room, text="One vial.")
    await author.next("ack", re="p1")
    await asyncio.sleep(0.1)  # the round in which it is not due yet is over
    passed_ms = 4_000
    newcomer = await node.seated(obi, room)
    await newcomer.has(2)
    await observer.has(2)


async def test_who_was_shown_another_count_of_readers_hears_what_it_is_now(node: LiveNode, room: str) -> None:
    first, second = [await node.seated(person, room, **FOLLOW) for person in (ana, ben)]
    await first.next("presence", viewers=2)
    third = await node.seated(mo, room, **FOLLOW)
    host = await node.hub.host(room)
    assert host is not None
    await until(lambda: host.here.viewers == 3)
    fourth = await node.seated(mia, room, **FOLLOW)
    assert fourth.of("joined")[0]["viewers"] > 2
    for leaving in (second, third):
        leaving.close()
    await fourth.next("presence", viewers=2)
