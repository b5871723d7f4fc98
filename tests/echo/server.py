"""An echo on the real socket layer: our HTTP protocol, the hand-over, the parser and the close handshake."""

import asyncio
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.utils import accept_key

from realtime.frames import WINDOW_BITS
from realtime.parsing import Message, Parsing
from realtime.rooms.people import Person
from realtime.socket import Connection
from web.api.problems import Problem
from web.upgrade.handshake import offered_compression
from web.upgrade.heads import Heads
from web.upgrade.protocol import HEADS, LIVE, SOCKETS, UpgradingProtocol
from web.upgrade.sockets import Sockets

MOST_BYTES: Final = 32 * 2**20
"""The suites send messages of 16 MiB; the real server takes 64 KiB."""
NOBODY: Final = Person("nobody", "nobody", "physician")


class Echo(Connection):
    """A connection that sends each message back as it came."""

    __slots__ = ()

    def _lent(self) -> Parsing:
        return Parsing(self.form.deflate, MOST_BYTES)

    def _message(self, parsing: Parsing, message: Message) -> None:
        frame = Frame(Opcode.TEXT if message.text else Opcode.BINARY, message.payload)
        deflate = [PerMessageDeflate(True, True, WINDOW_BITS, WINDOW_BITS)] if self.form.deflate else []
        self.write(frame.serialize(mask=False, extensions=deflate))


class Listening:
    """Listens to nothing; a suite may send as much as it likes."""

    def allows(self, connection: Connection) -> bool:
        return True

    def opened(self, connection: Connection) -> None: ...

    def received(self, connection: Connection, frame: Any) -> None: ...

    def drained(self, connection: Connection) -> None: ...

    def lost(self, connection: Connection) -> None: ...


class EchoProtocol(UpgradingProtocol):
    """Takes a WebSocket at any path."""

    def _should_upgrade(self) -> bool:
        return self._get_upgrade() == b"websocket"


class Welcoming:
    """Lets everybody in, without a sign-in or a subprotocol."""

    def hears(self, sender: UpgradingProtocol) -> bool:
        return True

    def ask(self, asking: UpgradingProtocol) -> None:
        headers = dict(asking.headers)
        key = headers.get(b"sec-websocket-key", b"").decode()
        if headers.get(b"sec-websocket-version") != b"13" or not key:
            asking.refuse(Problem(400, "bad_frame", "Send a key, and the version of RFC 6455."))
            return
        agreed = offered_compression(headers.get(b"sec-websocket-extensions", b"").decode())
        extensions = f"Sec-WebSocket-Extensions: {agreed}\r\n" if agreed else ""
        answer = (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept_key(key)}\r\n{extensions}\r\n"
        )
        connection = Echo(Listening(), NOBODY, session="", expires_at=2**52, encoding="json", deflate=bool(agreed))
        asking.accept(answer.encode(), connection)


async def serve(port: int) -> None:
    """Serve at 127.0.0.1 until told to stop."""
    config = uvicorn.Config(
        Starlette(), host="127.0.0.1", port=port, http=EchoProtocol, ws="none", log_level="warning", lifespan="off"
    )
    server = Server(config)
    await server.serve()


class Server(uvicorn.Server):
    """uvicorn, with what an app's lifespan would have said."""

    async def startup(self, sockets: Any = None) -> None:
        self.lifespan.state.update({LIVE: Welcoming(), HEADS: Heads(), SOCKETS: Sockets(asyncio.get_running_loop())})
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"The echo listens at ws://127.0.0.1:{port}", flush=True)
