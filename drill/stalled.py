"""A seat whose client stops reading once it has asked for it."""

import socket
from typing import Self
from urllib.parse import urlsplit

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

RECEIVE_BYTES = 4_096


class Stalled:
    """It holds one message at the most, and its kernel little."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line

    @classmethod
    async def seated(cls, url: str, token: str, room: str) -> Self:
        """A viewer's seat that was asked for."""
        parts = urlsplit(url)
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        line.connect((parts.hostname, parts.port))
        connection = await connect(
            f"ws://{parts.netloc}/ws",
            sock=line,
            additional_headers={"Authorization": f"Bearer {token}"},
            subprotocols=[Subprotocol("curbside.v1.msgpack")],
            ping_interval=None,
            max_queue=1,
        )
        await connection.send(msgpack.packb({"t": "join", "id": "stalled", "room": room, "as": "follow"}))
        return cls(connection)

    def abort(self) -> None:
        """Hang up."""
        self._line.transport.abort()
