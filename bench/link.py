"""The cheapest WebSocket client that is still correct: what a load generator spends is missing on the server's cores.

It speaks msgpack. The server is ours: its frames are neither masked nor fragmented, and it is sent mask keys of zero.
"""

import asyncio
import time
from typing import Final, cast

from bench.failures import Failure
from realtime.rooms.command import Command
from realtime.wire.encoding import encode
from realtime.wire.frame import Frame

# The example of RFC 6455 §1.3.
_KEY: Final = "dGhlIHNhbXBsZSBub25jZQ=="
_ACCEPT: Final = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
_BINARY, _CLOSE, _PING, _PONG = 2, 8, 9, 10


class Link(asyncio.Protocol):
    """One connection to `/ws`. `heard_ns`: when (monotonic) the bytes came that `message` is called for."""

    __slots__ = ("_opened", "_rest", "_token", "_transport", "_upgraded", "heard_ns", "lost")

    def __init__(self, token: str) -> None:
        self._token = token
        self._opened = asyncio.get_running_loop().create_future()
        self._upgraded = False
        self._rest = b""
        self.heard_ns = 0
        self.lost = False

    async def open(self, port: int) -> None:
        """Connect; the upgrade is answered when this returns. Raises `Failure`, `OSError`."""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        await self._opened

    def send(self, frame: Frame | Command) -> None:
        """Send one frame."""
        self._transport.write(_masked(_BINARY, encode(frame, "msgpack")))

    def close(self) -> None:
        """End the connection."""
        self._transport.abort()

    def message(self, payload: bytes) -> None:
        """A message came."""
        raise NotImplementedError

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {_KEY}\r\n"
            f"Sec-WebSocket-Protocol: curbside.v1.msgpack\r\nAuthorization: Bearer {self._token}\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if not self._opened.done():
            self._opened.set_exception(Failure("a connection was refused"))

    def data_received(self, data: bytes) -> None:
        self.heard_ns = time.monotonic_ns()
        if self._rest:
            data = self._rest + data
        if not self._upgraded:
            data = self._answer(data)
        self._rest = self._frames(data) if self._upgraded else data

    def _answer(self, data: bytes) -> bytes:
        """What follows the answer to the handshake, or all of `data` while that is incomplete."""
        head, end, rest = data.partition(b"\r\n\r\n")
        if not end:
            return data
        if not head.startswith(b"HTTP/1.1 101 ") or _ACCEPT not in head:
            self._opened.set_exception(Failure(f"the handshake was refused: {head.splitlines()[0].decode()}"))
            self._transport.abort()
            return b""
        self._upgraded = True
        self._opened.set_result(None)
        return rest

    def _frames(self, data: bytes) -> bytes:
        """Take every whole frame of `data` (RFC 6455 §5.2); the rest is returned."""
        at, end = 0, len(data)
        while end - at >= 2:
            size, body = data[at + 1], at + 2
            if size >= 126:
                body += 2 if size == 126 else 8
                size = int.from_bytes(data[at + 2 : body], "big")
            if body > end or body + size > end:
                break
            self._frame(data[at] & 15, data[body : body + size])
            at = body + size
        return data[at:]

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == _BINARY:
            self.message(payload)
        elif opcode == _PING:
            self._transport.write(_masked(_PONG, payload))
        elif opcode == _CLOSE:
            self._transport.abort()


def _masked(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes([0x80 | opcode]) + length + b"\0\0\0\0" + payload
