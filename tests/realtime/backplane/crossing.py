"""A line to a server that leads over a port of ours, where whatever may happen to a line can be made to happen."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from drill.servers import Redis

Toll = Callable[[bytes], AsyncIterator[bytes]]
"""What becomes of a part that crosses. Raises `ConnectionError` to cut the line instead."""


async def passing(part: bytes) -> AsyncIterator[bytes]:
    """It crosses as it is."""
    yield part


async def swallowing(part: bytes) -> AsyncIterator[bytes]:
    """Nothing of it crosses, and nobody is told."""
    if not part:
        yield part


async def slicing(part: bytes) -> AsyncIterator[bytes]:
    """It crosses in little bits, not in time with the frames in it."""
    for start in range(0, len(part), 7):
        yield part[start : start + 7]
        await asyncio.sleep(0)


async def dawdling(part: bytes) -> AsyncIterator[bytes]:
    """It crosses a tenth of a second later."""
    await asyncio.sleep(0.1)
    yield part


async def cutting_replies(part: bytes) -> AsyncIterator[bytes]:
    """The line ends where the reply to what was published should cross."""
    if part.startswith(b":"):
        raise ConnectionResetError
    yield part


def refusing(error: bytes) -> Toll:
    """Whatever the server has published it says it has not, with this error."""

    async def toll(part: bytes) -> AsyncIterator[bytes]:
        yield re.sub(rb":\d+\r\n", b"-" + error + b"\r\n", part) if part.startswith(b":") else part

    return toll


def deafening(error: bytes) -> Toll:
    """Whoever subscribes is told this error instead."""

    async def toll(part: bytes) -> AsyncIterator[bytes]:
        yield b"-" + error + b"\r\n" if b"subscribe\r\n" in part else part

    return toll


class Crossing:
    """A port that leads to `server`; what is already connected stays where it is when `server` changes.

    What goes `there`, and what comes `back`, pays toll from the next part on.
    """

    def __init__(self, server: Redis) -> None:
        self.server = server
        self.port = 0
        self.there: Toll = passing
        self.back: Toll = passing

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    async def __aenter__(self) -> "Crossing":
        self._listening = await asyncio.start_server(self._cross, "127.0.0.1", 0)
        self.port = self._listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        await self._listening.wait_closed()

    async def _cross(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(
            _carry(reader, there_writer, lambda part: self.there(part)),
            _carry(there_reader, writer, lambda part: self.back(part)),
        )


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, toll: Toll) -> None:
    try:
        while part := await reader.read(65_536):
            async for crossed in toll(part):
                writer.write(crossed)
                await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
