"""What a row asks of a node, by a server that answers when it likes."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from drill.figures import asked_meanwhile, connections, until
from drill.process import Process
from drill.servers import Port

METRICS = b"# HELP curbside_connections Open connections.\ncurbside_connections 25.0\ncurbside_rooms 1.0\n"


@asynccontextmanager
async def answering(folder: Path, hold: asyncio.Event) -> AsyncIterator[Process]:
    """A node that answers every question with its metrics, once `hold` is set."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await hold.wait()
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (len(METRICS), METRICS))
        await writer.drain()
        writer.close()

    port = Port()
    node = Process(["serve"], os.environ, folder / "log", port)
    port.release()
    server = await asyncio.start_server(answer, "127.0.0.1", port.number)
    async with server:
        yield node


async def test_connections_are_those_of_all_nodes_together(tmp_path: Path) -> None:
    ready = asyncio.Event()
    ready.set()
    async with answering(tmp_path, ready) as node:
        assert await connections([node, node]) == 50


async def test_a_node_that_is_held_up_is_waited_for_and_the_wait_is_counted(tmp_path: Path) -> None:
    ready = asyncio.Event()
    async with answering(tmp_path, ready) as node:
        asyncio.get_running_loop().call_later(0.3, ready.set)
        async with asked_meanwhile(node) as waits:
            await ready.wait()
    assert waits.longest_s >= 0.2


async def test_what_does_not_come_true_in_time_is_said() -> None:
    async def never() -> bool:
        return False

    async def now() -> bool:
        return True

    await until(now, 0, "now")
    with pytest.raises(AssertionError, match="the readers are held"):
        await until(never, 0, "the readers are held")
