"""What one client may cost all others: frames that are cheap to send and dear to take."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from websockets.frames import Frame, Opcode

from realtime.rates import Allowed
from tests.builders import ana
from tests.live import LiveNode, site

MANY = 30_000


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node(Allowed())


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(Frame(Opcode.PING, b""), id="pings"),
        pytest.param(Frame(Opcode.PONG, b""), id="pongs"),
        pytest.param(Frame(Opcode.BINARY, msgspec.msgpack.encode({"t": "ping"})), id="frames"),
        pytest.param(Frame(Opcode.BINARY, msgspec.msgpack.encode({"t": "nonsense"})), id="bad frames"),
    ],
)
async def test_a_flood_of_any_frames_ends_the_connection(node: LiveNode, frame: Frame) -> None:
    caller = node.call(ana)
    caller.send_bytes(frame.serialize(mask=True) * MANY)
    assert await caller.closed() == 4429
    assert len(caller.frames) < MANY / 2


@pytest.mark.parametrize("piece", [b"", b"\0"])
async def test_a_message_in_countless_pieces_ends_the_connection(node: LiveNode, piece: bytes) -> None:
    caller = node.call(ana)
    caller.send_bytes(Frame(Opcode.BINARY, b"\x81", fin=False).serialize(mask=True))
    caller.send_bytes(Frame(Opcode.CONT, piece, fin=False).serialize(mask=True) * MANY)
    assert await caller.closed() == 4429


async def test_pings_whose_answers_nobody_reads_do_not_pile_up(node: LiveNode) -> None:
    caller = node.call(ana)
    caller.stall()
    caller.send_bytes(Frame(Opcode.PING, b"x" * 125).serialize(mask=True) * MANY)
    assert caller.is_closing() and caller.unread_bytes < 300_000


async def test_pieces_of_nothing_are_not_kept(node: LiveNode) -> None:
    caller = node.call(ana)
    caller.send_bytes(Frame(Opcode.BINARY, b"\x81", fin=False).serialize(mask=True))
    caller.send_bytes(Frame(Opcode.CONT, b"", fin=False).serialize(mask=True) * 1_000)
    reading = caller.connection._parsing
    assert reading is not None and reading._fragments == [b"\x81"]
