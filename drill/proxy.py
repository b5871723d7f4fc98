"""A TCP line that can be spoilt: it stands between two processes of a drill and does to their bytes what it is told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Final

CHUNK: Final = 65_536


class Proxy:
    """Forwards connections to `port` of this machine. What is set holds for open lines and for new ones.

    `delay_s`: each portion is held for a time up to this, in order. `piece`: portions are cut to so many bytes.
    `silent_up`, `silent_down`: nothing passes to the server, or from it, and nobody is told. `refusing`: new lines are
    closed at once. `losing`: the next portion from the server is lost and its line is cut: a reply that never came.
    """

    def __init__(self, port: int, chance: Random) -> None:
        self.port = 0
        self.delay_s = 0.0
        self.piece = CHUNK
        self.silent_up = self.silent_down = False
        self.refusing = False
        self.losing = 0
        self.lost = 0
        self._target = port
        self._chance = chance
        self._lines: set[asyncio.Task[None]] = set()
        self._forgotten: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._passing.set()

    def heal(self) -> None:
        """Forward everything again, as it comes."""
        self.delay_s, self.piece, self.losing = 0.0, CHUNK, 0
        self.silent_up = self.silent_down = self.refusing = False
        self._passing.set()

    def silence(self, *, up: bool = True, down: bool = True) -> None:
        """Let nothing pass, in these directions, as a network that drops everything."""
        self.silent_up, self.silent_down = up, down
        self._passing.clear()

    def forget(self) -> None:
        """Nothing passes any more on the lines that are open now, and nobody is told: a firewall that forgot them."""
        self._forgotten |= self._lines

    def lead_to(self, port: int) -> None:
        """Have new lines end at another server."""
        self._target = port

    async def cut(self) -> None:
        """End every open line now, with a reset."""
        await _ended(self._lines)

    async def cut_forgotten(self) -> None:
        """End those that were forgotten."""
        await _ended(self._forgotten)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            if self.refusing:
                return
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._target)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pass_on(task, reader, server_writer, up=True))
                    both.create_task(self._pass_on(task, server_reader, writer, up=False))
            finally:
                server_writer.transport.abort()
        except* (OSError, asyncio.CancelledError, _Cut):
            pass
        finally:
            writer.transport.abort()
            self._lines.discard(task)
            self._forgotten.discard(task)

    async def _pass_on(
        self, line: asyncio.Task[None], reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        while data := await reader.read(self.piece):
            while self.silent_up if up else self.silent_down:
                await self._passing.wait()
            if line in self._forgotten:
                await asyncio.Event().wait()
            if self.delay_s:
                await asyncio.sleep(self._chance.uniform(0, self.delay_s))
            if self.losing and not up:
                self.losing -= 1
                self.lost += 1
                raise _Cut
            writer.write(data)
            await writer.drain()
        raise _Cut  # one side has ended: both do

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self._passing.set()
        await self.cut()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._server.wait_closed()


async def _ended(lines: set[asyncio.Task[None]]) -> None:
    ending = list(lines)
    for line in ending:
        line.cancel()
    await asyncio.gather(*ending, return_exceptions=True)


class _Cut(Exception):
    """The line is to end."""


@asynccontextmanager
async def proxied(port: int, chance: Random) -> AsyncIterator[Proxy]:
    """A proxy while the context lasts."""
    async with Proxy(port, chance) as proxy:
        yield proxy
