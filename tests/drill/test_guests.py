"""Guests of a drill, by a server that sends them away in good order or not."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count, repeat
from pathlib import Path

import msgpack
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from drill.guests import Guest, all_told, guests
from drill.process import Process
from drill.servers import Port


@asynccontextmanager
async def seated(folder: Path, delays_ms: Iterator[int | None]) -> AsyncIterator[list[Guest]]:
    """Guests of a node that sends each away for the next of these times, or, where that is None, hangs up."""

    async def handle(line: ServerConnection) -> None:
        await line.recv()
        delay_ms = next(delays_ms)
        if delay_ms is None:
            line.transport.abort()
            return
        await line.send(msgpack.packb({"t": "bye", "code": 1012, "retry_after_ms": delay_ms}))
        await line.close(1012)

    port = Port()
    node = Process(["serve"], os.environ, folder / "log", port)
    port.release()
    async with serve(handle, "127.0.0.1", port.number, subprotocols=[Subprotocol("curbside.v1.msgpack")]):
        async with guests(node, "token", "room") as those:
            yield those


async def test_guests_that_are_all_told_are_content(tmp_path: Path) -> None:
    async with seated(tmp_path, count(100)) as those:
        await all_told(those)
        told_ms = await asyncio.gather(*(guest.sent_away() for guest in those))
        assert set(told_ms) == {100, 101, 102, 103, 104}


@pytest.mark.parametrize(
    ("delays_ms", "complaint"),
    [(repeat(None), "5 of 5 were not told that their node was going"), (repeat(7), "come back at the same moment")],
)
async def test_guests_that_are_cut_off_or_sent_back_together_are_not(
    tmp_path: Path, delays_ms: Iterator[int | None], complaint: str
) -> None:
    async with seated(tmp_path, delays_ms) as those:
        with pytest.raises(AssertionError, match=complaint):
            await all_told(those)
