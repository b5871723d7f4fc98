"""A line to a server that tests may cut, hold and lead elsewhere, as a mobile network or a load balancer does."""

import asyncio
from contextlib import suppress
from typing import Self

PART_BYTES = 65_536


class Line:
    """A TCP forwarder on a loopback port. `address` is where browsers go, `to` the server behind it."""

    def __init__(self, to: str) -> None:
        self.to = to
        self.address = ""
        self._up = True
        self._swallows = False
        self._server: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._called, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        self.address = f"{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._hang_up()

    async def cut(self) -> None:
        """Break every connection; whoever calls is hung up on until `mend`."""
        self._up = False
        await self._hang_up()

    def mend(self) -> None:
        """Let new calls through again, both ways."""
        self._up = True
        self._swallows = False

    def swallow(self) -> None:
        """Let what browsers send through, and lose what the server answers: to those who call now, for ever."""
        self._swallows = True

    async def _called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        try:
            if self._up:
                await self._forward(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # Either side may vanish: that is what this is for.
        finally:
            self._calls.discard(call)
            writer.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._led(b"", reader, writer)

    async def _led(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward `first`, which was read already, and all that follows."""
        host, _, port = self.to.rpartition(":")
        there, back = await asyncio.open_connection(host, int(port))
        back.write(first)
        passing = [asyncio.create_task(_pass(reader, back)), asyncio.create_task(self._answer(there, writer))]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in passing:
                task.cancel()
            await asyncio.gather(*passing, return_exceptions=True)
            back.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lost = False
        while part := await reader.read(PART_BYTES):
            lost = lost or self._swallows
            if not lost:
                writer.write(part)
                await writer.drain()

    async def _hang_up(self) -> None:
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*calls, return_exceptions=True)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(PART_BYTES):
        writer.write(part)
        await writer.drain()
