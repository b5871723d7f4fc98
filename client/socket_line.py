"""A line that is a WebSocket."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus
from websockets.typing import Subprotocol

from client.errors import ProtocolError
from client.frames import SUBPROTOCOLS, Encoding, Frame, decode
from client.line import LineClosed, LineRefused
from client.signin import SignIn

OPEN_WITHIN_S: Final = 10.0
CLOSE_WITHIN_S: Final = 2.0
PROBLEM: Final = "application/problem+json"
NO_STATUS: Final = 0


class SocketLine:
    """One message is one frame."""

    def __init__(self, socket: ClientConnection, encoding: Encoding) -> None:
        self._socket = socket
        self.encoding: Encoding = encoding

    @classmethod
    async def open(cls, url: str, sign_in: SignIn, encoding: Encoding) -> Self:
        """A WebSocket to the server at `url`. Raises `LineRefused`, `LineClosed`, `ProtocolError`, `OSError`."""
        protocol = SUBPROTOCOLS[encoding]
        try:
            socket = await connect(
                await sign_in.address(url, "/ws"),
                additional_headers=sign_in.headers(url),
                subprotocols=[Subprotocol(protocol)],
                open_timeout=OPEN_WITHIN_S,
                close_timeout=CLOSE_WITHIN_S,
                ping_interval=None,  # the protocol has its own
            )
        except InvalidStatus as error:
            said = error.response.headers.get("Content-Type", "")
            raise LineRefused(error.response.status_code, ours=said.startswith(PROBLEM)) from None
        except InvalidMessage:
            raise LineClosed from None
        except InvalidHandshake:
            raise LineRefused(NO_STATUS, ours=False) from None
        if socket.subprotocol != protocol:
            await socket.close()
            raise ProtocolError(f"The server does not speak {protocol}.")
        return cls(socket, encoding)

    async def receive(self) -> Frame:
        try:
            message = await self._socket.recv()
        except ConnectionClosed as closed:
            raise LineClosed(closed.rcvd.code if closed.rcvd else None) from None
        return decode(message, self.encoding)

    async def send(self, messages: Sequence[bytes | str]) -> None:
        with suppress(ConnectionClosed):
            for message in messages:
                await self._socket.send(message)

    async def close(self) -> None:
        await self._socket.close()

    def abort(self) -> None:
        self._socket.transport.abort()
