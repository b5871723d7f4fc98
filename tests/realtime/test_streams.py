"""An event stream and what is posted to it: all that holds of a WebSocket, on whichever node the post arrives."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
import pytest

from realtime import streams
from realtime.backplane.messages import How, Posted
from realtime.errors import Unavailable
from realtime.rates import Allowed
from tests.builders import ana, ben, cleo
from tests.live import LiveNode, Site, site
from tests.streaming import Streamer

PING: Final = b'{"t":"ping","n":1}'


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
async def node(place: Site) -> LiveNode:
    return await place.node()


async def posted(node: LiveNode, key: str, *frames: bytes, person: str | None = None) -> How:
    return await node.hub.streams.hand_over(key, person, frames or (PING,))


async def test_welcome_comes_first_and_says_with_what_to_post(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    assert streamer.frames[0]["t"] == "welcome"
    assert await posted(node, streamer.key) == "taken"
    assert [frame["n"] for frame in streamer.of("pong")] == [1]


async def test_a_websocket_is_told_of_no_key(node: LiveNode) -> None:
    assert "connection" not in node.call(ana, "json").frames[0]


async def test_a_post_is_acked_over_the_stream_and_seen_by_a_websocket(node: LiveNode) -> None:
    room = await node.open(cleo)
    seat, streamer = await node.seated(cleo, room), Streamer(node, ana)
    streamer.send("join", id="j", room=room)
    await streamer.next("caught_up")
    streamer.send("post", id="p", room=room, text="Give antivenom:\n\nnow, and again.")
    seq = (await streamer.next("ack", re="p"))["seq"]
    await seat.has(seq)
    assert seat.events()[-1] == streamer.events()[-1]


async def test_the_frames_of_one_post_are_taken_in_order(node: LiveNode) -> None:
    room = await node.open(cleo)
    streamer = Streamer(node, ana)
    join = msgspec.json.encode({"t": "join", "id": "j", "room": room})
    posts = [msgspec.json.encode({"t": "post", "id": f"p{n}", "room": room, "text": f"{n}"}) for n in range(5)]
    await posted(node, streamer.key, join, *posts)
    await streamer.has(6)
    assert [event["id"] for event in streamer.events()][1:] == [f"p{n}" for n in range(5)]


async def test_a_post_at_another_node_is_carried_to_its_stream(place: Site, node: LiveNode) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    assert await posted(other, streamer.key) == "taken"
    assert [frame["n"] for frame in streamer.of("pong")] == [1]


async def test_who_listens_to_the_backplane_learns_no_key(
    place: Site, node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    carried: list[bytes] = []
    publish = other.hub.node.backplane.publish

    def heard(channel: str, payload: bytes) -> None:
        carried.append(payload)
        publish(channel, payload)

    monkeypatch.setattr(other.hub.node.backplane, "publish", heard)
    assert await posted(other, streamer.key) == "taken"
    name, _, mac = streamer.key.rpartition(".")
    assert name.encode() in b"".join(carried) and mac.encode() not in b"".join(carried)
    assert await posted(other, name) == "gone"


@pytest.mark.parametrize("there", [True, False])
async def test_nobody_posts_as_another_even_with_the_key(place: Site, node: LiveNode, there: bool) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    at = other if there else node
    assert await posted(at, streamer.key, person=ben.id) == "foreign"
    assert await posted(at, streamer.key, person=ana.id) == "taken"
    assert len(streamer.of("pong")) == 1


@pytest.mark.parametrize("there", [True, False])
async def test_a_stream_that_has_ended_takes_nothing(place: Site, node: LiveNode, there: bool) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    key = streamer.key
    streamer.close()
    assert await posted(other if there else node, key) == "gone"


async def test_a_key_that_no_node_made_is_not_asked_after_elsewhere(place: Site, node: LiveNode) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    name, _, mac = streamer.key.rpartition(".")
    for forged in ("", "x", f"{name}.", f"{name}x.{mac}", f"{name}.{mac[::-1]}", "é.ü"):
        assert await posted(other, forged) == "gone"
    assert not streamer.of("pong")


async def test_a_node_that_does_not_answer_is_waited_for_and_the_post_may_come_again(
    place: Site, node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    monkeypatch.setattr(streams, "ANSWERED_S", 0.01)
    deaf: list[Posted] = []
    monkeypatch.setattr(node.hub.streams, "posted", deaf.append)
    with pytest.raises(Unavailable):
        await posted(other, streamer.key)
    monkeypatch.undo()
    assert len(deaf) == 1 and await posted(other, streamer.key) == "taken"


async def test_posts_for_another_node_go_one_after_the_other(place: Site, node: LiveNode) -> None:
    streamer, other = Streamer(node, ana), await place.node()
    hows: Sequence[How] = await asyncio.gather(*(posted(other, streamer.key) for _ in range(2)))
    assert sorted(hows) == ["busy", "taken"]


async def test_whoever_is_quiet_is_sent_a_comment_and_then_cut_off(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    now_s = asyncio.get_running_loop().time()
    node.hub.connections.look_at(streamer.connection, now_s + 7, 0)
    assert (streamer.beats, streamer.is_closing()) == (1, False)
    node.hub.connections.look_at(streamer.connection, now_s + 13, 0)
    assert streamer.aborted


async def test_a_post_is_a_sign_of_life(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    streamer.connection.heard_at = 0
    await posted(node, streamer.key)
    assert streamer.connection.heard_at > 0


async def test_a_reader_that_stalls_for_ten_seconds_is_closed_as_too_slow(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    streamer.stall()
    now_s = asyncio.get_running_loop().time()
    node.hub.connections.look_at(streamer.connection, now_s + 9, 0)
    assert not streamer.is_closing()
    node.hub.connections.look_at(streamer.connection, now_s + 11, 0)
    assert streamer.close_code == 4408


async def test_a_stalled_reader_is_written_no_events_until_it_reads_again(node: LiveNode) -> None:
    room = await node.open(cleo)
    seat, streamer = await node.seated(cleo, room), Streamer(node, ana)
    streamer.send("join", id="j", room=room)
    await streamer.next("caught_up")
    streamer.stall()
    for n in range(3):
        seat.send("post", id=f"p{n}", room=room, text=f"{n}")
    await seat.has(4)
    assert len(streamer.events()) == 1
    streamer.drain()
    await streamer.has(4)
    assert [event["seq"] for event in streamer.events()] == [1, 2, 3, 4]


async def test_a_sign_in_that_has_expired_ends_its_streams(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    node.hub.connections.look_at(streamer.connection, asyncio.get_running_loop().time(), 2**52)
    assert await streamer.closed() == 4401


async def test_access_that_is_withdrawn_ends_its_streams(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    node.hub.connections.withdraw([ana.id])
    assert await streamer.closed() == 4403


async def test_a_drain_says_when_to_come_back_and_closes_with_1012(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    await node.hub.drain()
    assert streamer.frames[-1]["t"] == "bye" and streamer.close_code == 1012


async def test_too_many_frames_for_too_long_close_with_4429(place: Site) -> None:
    node = await place.node(Allowed(per_s=1, burst=1, room_per_s=1))
    streamer = Streamer(node, ana)
    for _ in range(10):
        await posted(node, streamer.key, *[PING] * 10)
    assert await streamer.closed() == 4429


async def test_what_is_no_frame_closes_with_4400_and_what_is_not_valid_is_answered(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    await posted(node, streamer.key, b'{"t":"post","id":"p"}', b"[]", PING)
    assert (streamer.frames[-1]["re"], streamer.frames[-1]["code"]) == ("p", "bad_frame")
    assert await streamer.closed() == 4400


async def test_nothing_may_be_sent_over_the_line_of_a_stream(node: LiveNode) -> None:
    streamer = Streamer(node, ana)
    streamer.send_bytes(PING)
    assert streamer.aborted


async def test_a_token_that_only_reads_cannot_write_over_a_stream(node: LiveNode) -> None:
    room = await node.open(cleo)
    streamer = Streamer(node, ana, reads_only=True)
    streamer.send("join", id="j", room=room)
    assert (await streamer.next("joined"))["as"] == "follow"
    streamer.send("post", id="p", room=room, text="Give antivenom.")
    assert (await streamer.next("error", re="p"))["code"] == "forbidden"
