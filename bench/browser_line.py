"""A slow mobile line, as a TCP forwarder: both directions have a rate that all connections share, and a delay."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final, NamedTuple

# What a line holds beside what travels: this much of its time, within limits.
PART_S: Final = 0.1
PART_BYTES: Final = (256, 4_096)
RECEIVE_BYTES: Final = 4_096
# Loopback's own segments are longer than what this line takes at once.
SEGMENT_BYTES: Final = 1_400


class Grade(NamedTuple):
    """How good a line is: the round trip, and bits per second to the browser and from it."""

    round_trip_ms: float
    down_bit_s: float
    up_bit_s: float


SLOW_4G: Final = Grade(150, 1_600_000, 750_000)
"""What Lighthouse calls Slow 4G, as a network has it."""
RURAL: Final = Grade(800, 20_000, 20_000)
"""One bar, at the edge of the cell."""


@asynccontextmanager
async def slow_line(port: int, grade: Grade) -> AsyncIterator[int]:
    """The loopback port from which this line leads to `port`."""
    up, down = _Way(grade, grade.up_bit_s), _Way(grade, grade.down_bit_s)
    calls: set[asyncio.Task[None]] = set()

    async def called(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        calls.add(call)
        with suppress(asyncio.CancelledError):  # the line is taken down while somebody speaks
            # The kernel takes the call at once; a network would have taken a round trip for it.
            await asyncio.sleep(grade.round_trip_ms / 1_000)
            there, back = await _connected(port, down.part_bytes)
            try:
                await asyncio.gather(up.carry(reader, back), down.carry(there, writer), return_exceptions=True)
            finally:
                back.transport.abort()
                calls.discard(call)

    server = await asyncio.start_server(called, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for call in list(calls):
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


async def _connected(port: int, part_bytes: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A line holds little: what it has not carried yet waits at the server."""
    line = socket.socket()
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT_BYTES)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
    return await asyncio.open_connection(sock=line, limit=part_bytes)


class _Way:
    """One direction. What is sent waits until what was sent before it is through, then travels."""

    def __init__(self, grade: Grade, bit_s: float) -> None:
        self._s_a_byte = 8 / bit_s
        self._travel_s = grade.round_trip_ms / 2_000
        self._free_at = 0.0
        least, most = PART_BYTES
        self.part_bytes = round(min(most, max(least, PART_S / self._s_a_byte)))

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on all that comes, in order, until one side ends."""
        at = asyncio.get_running_loop().call_later
        try:
            while part := await reader.read(self.part_bytes):
                through_s = self._through_in_s(len(part))
                at(through_s + self._travel_s, _written(writer, part))
                await asyncio.sleep(through_s)
        finally:
            at(self._travel_s, writer.close)

    def _through_in_s(self, size: int) -> float:
        now = time.monotonic()
        self._free_at = max(now, self._free_at) + size * self._s_a_byte
        return self._free_at - now


def _written(writer: asyncio.StreamWriter, part: bytes) -> Callable[[], None]:
    return lambda: None if writer.is_closing() else writer.write(part)
