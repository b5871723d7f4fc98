"""Compressed frames: the same for every reader, only where it pays, and bounded when they come in."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

from realtime.frames import DEFLATED_BYTES, FORMS, form
from realtime.wire.encoding import encode
from realtime.wire.frame import Encoding
from realtime.wire.server import Events
from tests.builders import ana, cleo
from tests.live import LiveNode, site


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


def compressed(payload: bytes) -> bytes:
    return Frame(Opcode.BINARY, payload).serialize(mask=True, extensions=[PerMessageDeflate(True, True, 15, 15)])


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
@pytest.mark.parametrize("deflate", [False, True])
async def test_what_is_posted_arrives_the_same_in_every_form(node: LiveNode, encoding: Encoding, deflate: bool) -> None:
    room = await node.open()
    author = await node.seated(cleo, room)
    reader = node.call(ana, encoding, deflate=deflate)
    reader.send("join", id="j", room=room)
    await reader.next("caught_up")
    author.send("post", id="p1", room=room, text="Bitten at noon. " * 100)
    assert (await reader.next("event", id="p1"))["body"]["text"] == "Bitten at noon. " * 100


def test_only_long_payloads_are_compressed_and_only_where_that_makes_them_shorter() -> None:
    plain, deflating = form("msgpack"), form("msgpack", deflate=True)
    short, long = b"a" * (DEFLATED_BYTES - 1), b"a" * DEFLATED_BYTES
    noise = bytes(hash((n, "x")) & 0xFF for n in range(3 * DEFLATED_BYTES))
    assert deflating.frame(short) == plain.frame(short)
    assert len(deflating.frame(long)) < len(plain.frame(long)) / 4
    assert len(deflating.frame(noise)) <= len(plain.frame(noise))


def test_there_is_one_object_for_each_form() -> None:
    assert len({id(form(encoding, deflate)) for encoding, deflate in FORMS}) == len(FORMS) == 4
    assert form("json", deflate=True) is form("json", deflate=True)


async def test_compressed_frames_are_read_in_any_pieces(node: LiveNode) -> None:
    caller = node.call(ana, deflate=True)
    message = msgspec.msgpack.encode({"t": "ping", "n": 7})
    whole = compressed(message)
    for at in range(len(whole)):
        caller.send_bytes(whole[at : at + 1])
    caller.send_bytes(Frame(Opcode.PING, b"here?").serialize(mask=True))
    caller.send_bytes(Frame(Opcode.BINARY, message).serialize(mask=True))
    assert [frame["n"] for frame in caller.of("pong")] == [7, 7]
    assert caller.connection._parsing is None


async def test_a_small_frame_that_unpacks_to_more_than_the_limit_ends_the_connection(node: LiveNode) -> None:
    caller = node.call(ana, deflate=True)
    bomb = compressed(b"\0" * 10_000_000)
    assert len(bomb) < 16_384
    caller.send_bytes(bomb)
    assert await caller.closed() == 1009


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize("repeats", [False, True])
async def test_who_is_behind_gets_parts_that_are_short_on_the_line_and_never_over_32_kib(
    node: LiveNode, repeats: bool, deflate: bool
) -> None:
    room = await node.open()
    author = await node.seated(cleo, room)
    chance = random.Random(4)
    for n in range(60):
        text = "Give antivenom now. " * 50 if repeats else "".join(map(chr, chance.choices(range(97, 123), k=1_000)))
        author.send("post", id=f"p{n}", room=room, text=text)
    await author.next("ack", re="p59")
    host = node.hub.live(room)
    assert host is not None
    items = host.tail.since(0, host.head.seq)
    parts: list[tuple[int, int]] = []
    taken = form("json", deflate)
    while items:
        frame, upto = host.tail.copier.frame(items, "contributors", taken, host.head.seq)
        entries = [
            host.tail.copier.entry(one, "contributors", "json", host.head.seq) for one in items if one.event.seq <= upto
        ]
        items = [one for one in items if one.event.seq > upto]
        parts.append((len(frame), len(encode(Events(room=room, events=entries), "json"))))
    assert max(line for line, _ in parts) <= 16_384 and max(text for _, text in parts) <= 65_536
    longest = max(text for _, text in parts)
    assert longest > 16_384 if deflate else longest <= 16_384


async def test_compression_that_was_not_agreed_on_is_an_error(node: LiveNode) -> None:
    caller = node.call(ana)
    caller.send_bytes(compressed(b"\x81\xa1t\xa4ping"))
    assert await caller.closed() == 1002
