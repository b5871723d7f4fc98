"""A hospital's network that lets no WebSocket pass, and a load balancer behind it."""

import asyncio
from collections.abc import Sequence
from itertools import cycle
from typing import Final

from tests.browser.line import PART_BYTES, Line

_REFUSED: Final = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class StrictLine(Line):
    """A line that answers every upgrade itself; each connection is led to the next of several nodes."""

    def __init__(self, nodes: Sequence[str]) -> None:
        super().__init__(nodes[0])
        self._nodes = cycle(nodes)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(PART_BYTES)
        if b"Upgrade: websocket" in first:
            writer.write(_REFUSED)
            await writer.drain()
            return
        self.to = next(self._nodes)
        await self._led(first, reader, writer)
