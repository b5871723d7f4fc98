"""Lines to a node that go dead without a word: no end, no reset, nothing arrives any more."""

import asyncio
import ctypes
import socket
import struct
from typing import Final, Protocol, Self

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.endtoend.raw import Raw

_ATTACH_FILTER: Final = 26  # SO_ATTACH_FILTER, socket(7)
# A program of one instruction for the kernel's packet filter: keep nothing (BPF_RET, 0).
_LOSE: Final = struct.pack("HBBI", 0x06, 0, 0, 0)


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


class Tunnel:
    """As with a phone in a tunnel: once it is cut, the caller's kernel loses every packet, and acknowledges none.

    No network is made for it: whenever a machine gets another address, Chromium drops what its pages are asking for.
    """

    def __init__(self) -> None:
        self._calls: list[socket.socket] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """What is left open its callers close."""

    async def call(self, port: int, token: str) -> Raw:
        """A connection over this line."""
        call = socket.create_connection(("127.0.0.1", port))
        self._calls.append(call)
        return await called(call, token)

    def cut(self) -> None:
        """Lose what comes from now on; the callers say nothing by themselves."""
        code = ctypes.create_string_buffer(_LOSE)
        for call in self._calls:
            call.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(code)))


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


async def _carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()
