"""Lines to a node that go dead without a word: no end, no reset, nothing arrives any more."""

import asyncio
import ctypes
import os
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final, Protocol, Self

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.endtoend.raw import Raw

_NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET
_NET: Final = "198.18.77"  # for tests of networks (RFC 2544)


class Line(Protocol):
    """A way to the node that listens on `port` of this machine."""

    async def call(self, port: int, token: str) -> Raw:
        """A connection over this line."""

    def cut(self) -> None:
        """From now on nothing passes, in either direction, and nobody is told."""


class Proxy:
    """Carries bytes until it is cut; the kernel of this machine still acknowledges them. Needs no rights."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self._servers: list[asyncio.Server] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        for server in self._servers:
            server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    async def call(self, port: int, token: str) -> Raw:
        """A connection over this line."""

        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            inner, outer = await asyncio.open_connection("127.0.0.1", port)
            self._writers += [writer, outer]
            for one, other in ((reader, outer), (inner, writer)):
                self._tasks.add(asyncio.create_task(_carried(one, other)))

        server = await asyncio.start_server(carry, "127.0.0.1", 0)
        self._servers.append(server)
        return await called(socket.create_connection(server.sockets[0].getsockname()), token)

    def cut(self) -> None:
        """Read nothing more: what has come stays where it is."""
        for task in self._tasks:
            task.cancel()


class Cable:
    """A network namespace with a cable to this one. Cut, packets are lost in it, as with a phone in a tunnel."""

    def __init__(self) -> None:
        self._name = f"curbside{os.getpid()}"
        self._ends = (f"cs{os.getpid()}a", f"cs{os.getpid()}b")

    async def __aenter__(self) -> Self:
        here, there = self._ends
        try:
            _ip("netns", "add", self._name)
            _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", self._name)
            _ip("address", "add", f"{_NET}.1/30", "dev", here)
            _ip("link", "set", here, "up")
            _ip("-netns", self._name, "address", "add", f"{_NET}.2/30", "dev", there)
            _ip("-netns", self._name, "link", "set", there, "up")
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        for command in (("link", "delete", self._ends[0]), ("netns", "delete", self._name)):
            with suppress(subprocess.CalledProcessError):
                _ip(*command)

    async def call(self, port: int, token: str) -> Raw:
        """A connection over this line; the node must listen on all addresses."""
        return await called(await asyncio.to_thread(self._connected, port), token)

    def cut(self) -> None:
        """Take the far end down."""
        _ip("-netns", self._name, "link", "set", self._ends[1], "down")

    def _connected(self, port: int) -> socket.socket:
        """A socket of the namespace: one belongs to where it was made, whoever uses it."""
        made: list[socket.socket] = []

        def make() -> None:
            with open(f"/run/netns/{self._name}") as namespace:
                assert ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), _NEW_NETWORK) == 0
            made.append(socket.create_connection((f"{_NET}.1", port), timeout=5))

        thread = Thread(target=make)
        thread.start()
        thread.join()
        return made[0]


def kinds() -> list[type[Proxy] | type[Cable]]:
    """The kinds of line that can be made here: a cable needs root, and a system that lets it make networks."""
    able = os.geteuid() == 0 and shutil.which("ip") and Path("/proc/self/ns/net").exists()
    if able and subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0:
        return [Proxy, Cable]
    return [Proxy]


async def called(line: socket.socket, token: str) -> Raw:
    """A WebSocket over a socket that is connected, greeted."""
    line.setblocking(False)
    connection = await connect(
        "ws://node/ws",
        sock=line,
        additional_headers={"Authorization": f"Bearer {token}"},
        subprotocols=[Subprotocol("curbside.v1.msgpack")],
        ping_interval=None,
        proxy=None,
    )
    raw = Raw(connection, "msgpack")
    raw.me = (await raw.next("welcome"))["me"]
    return raw


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


async def _carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()
