"""What people and strangers do to a room: all at once, nonsense, bombs."""

import asyncio
import contextlib
import struct
from typing import Final
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from drill.figures import forget_peak, peak_bytes
from drill.row import Ground, Row
from drill.site import Site

BURSTS: Final = 4
BOMBS: Final[tuple[bytes, ...]] = (
    b"",
    b"\xc1",
    b"\x91" * 60_000,
    b"\xdf\xff\xff\xff\xff",
    b"\xdd" + struct.pack(">I", 65_000) + b"\x80" * 65_000,
    b"\x81\xa1t\xd9\xff" + b"x" * 100,
    b"\x81\xa1t\xa4post" * 4_000,
    b"\x00" * 70_000,
)
# A thousandth of it is on the wire.
INFLATED: Final = b"\x00" * (48 << 20)
GROWS_BYTES: Final = 32 << 20


async def write_at_once(ground: Ground[Site]) -> None:
    """Everybody posts at the same moment, on both nodes, again and again."""
    for _ in range(BURSTS):
        ground.consult.shout()
        await ground.wait(5)


async def throw_bombs(ground: Ground[Site]) -> None:
    """A physician's broken program sends what is no frame, as large as may be, and larger once it is inflated."""
    for node in ground.site.nodes:
        forget_peak(node)
    before = [peak_bytes(node) for node in ground.site.nodes]
    for url in ground.site.urls:
        await asyncio.gather(*(_throw(url, ground.consult.tokens[0], bomb) for bomb in BOMBS for _ in range(5)))
        await _throw(url, ground.consult.tokens[0], INFLATED)
    await ground.wait(3)
    grown = max(peak_bytes(node) - was for node, was in zip(ground.site.nodes, before, strict=True))
    if grown > GROWS_BYTES:
        raise AssertionError(f"a node took {grown >> 20} MiB more for what is no frame")


async def _throw(url: str, token: str, bomb: bytes) -> None:
    with contextlib.suppress(ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
        async with connect(
            f"ws://{urlsplit(url).netloc}/ws",
            additional_headers={"Authorization": f"Bearer {token}"},
            subprotocols=[Subprotocol("curbside.v1.msgpack")],
            ping_interval=None,
        ) as line:
            await line.send(bomb)
            async with asyncio.timeout(2):
                async for _ in line:
                    pass


ROWS: Final = (
    Row("F23", "everybody writes at once, on both nodes", write_at_once, without=("compare",), harm=("lost",)),
    Row(
        "F27",
        "bombs and nonsense instead of frames",
        throw_bombs,
        without=("size",),
        harm=("more for what is no frame",),
    ),
)
