import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.peers.peers import Peer, Running, available, missing, peers

STAMP = "@@0123456789abcdef01234567"


class Line(NamedTuple):
    """One connection to a peer, as bytes."""

    send: Callable[[str], Awaitable[None]]
    receive: Callable[[], Awaitable[bytes]]


# These need no more than `make test` installs; the others are tried where the bench has installed them.
ALWAYS = {"floor", "starlette"}


def test_what_can_be_tried_everywhere_is() -> None:
    assert not ALWAYS & set(missing())


@pytest.mark.parametrize("name", sorted(ALWAYS | {peer.name for peer in available()}))
async def test_everybody_gets_what_one_posts(name: str, tmp_path: Path) -> None:
    peer = next(peer for peer in peers() if peer.name == name)
    with Running(peer, tmp_path) as server:
        async with AsyncExitStack() as stack, asyncio.timeout(10):
            lines = [await line_to(peer, server.port, stack) for _ in range(3)]
            await lines[-1].send(filled(peer.template))
            for line in lines:
                await hear(line, rf"{STAMP}a{{250}}(?!a)")
        assert server.cpu_s() >= 0
        assert server.rss_kib() > 0
    assert not any(map(psutil.pid_exists, server.pids))


async def line_to(peer: Peer, port: int, stack: AsyncExitStack) -> Line:
    """Return a connection that gets what is posted from now on."""
    line = await (tcp if peer.raw else websocket)(peer, port, stack)
    for message in peer.init:
        await line.send(message)
    if peer.name == "nats":
        await hear(line, r"PONG\r\n")
    return line


async def tcp(_: Peer, port: int, stack: AsyncExitStack) -> Line:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    stack.push_async_callback(writer.wait_closed)
    stack.callback(writer.close)

    async def send(message: str) -> None:
        writer.write(message.encode())

    async def receive() -> bytes:
        part = await reader.read(4_096)
        assert part, "the connection is closed"
        return part

    return Line(send, receive)


async def websocket(peer: Peer, port: int, stack: AsyncExitStack) -> Line:
    offered = None if peer.subprotocol is None else [Subprotocol(peer.subprotocol)]
    socket = await stack.enter_async_context(
        connect(f"ws://127.0.0.1:{port}{peer.path}", subprotocols=offered, compression=None, proxy=None)
    )

    async def send(message: str) -> None:
        await socket.send(message, text=not peer.binary)

    async def receive() -> bytes:
        return await socket.recv(decode=False)

    return Line(send, receive)


async def hear(line: Line, pattern: str) -> None:
    """Return when what came matches."""
    heard = b""
    while not re.search(pattern.encode(), heard):
        heard += await line.receive()


def filled(template: str) -> str:
    """Return what a load client sends."""
    text = re.sub(r"\{pad:(\d+)\}", lambda found: "a" * int(found[1]), template.replace("{stamp}", STAMP))
    _, _, rest = text.partition("\r\n")
    return text.replace("{len}", str(len(rest.rpartition("\r\n")[0])))
