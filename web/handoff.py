"""Hand-off: uvicorn does the upgrade, then the transport goes to a protocol of ours and the ASGI task ends.

After it no task, queue, scope or timer of the server is left for this connection. Offered to the application as the
ASGI extension `curbside.handoff`: a function of (protocol, subprotocol) that answers 101 and hands over.
"""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

EXTENSION = "curbside.handoff"

HandOff = Callable[[asyncio.Protocol, str], bool]


class HandoffProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol up to the upgrade. What the client sends before that is over waits in the kernel."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.early = b""
        # Whoever takes over speaks plain frames: no compression context per connection.
        self.conn.available_extensions = []

    def data_received(self, data: bytes) -> None:
        if self.handshake_initiated:
            # Read already when the reading was paused below; at most one read of the loop.
            self.early += data
            return
        super().data_received(data)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self.hand_off
            self.transport.pause_reading()

    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        if self.initial_response is not None and self.close_sent:
            # A refusal was answered over HTTP: uvicorn would report a handshake that nobody completed.
            self.handshake_complete = True

    def hand_off(self, protocol: asyncio.Protocol, subprotocol: str) -> bool:
        """Answer 101 and give the transport to `protocol`; False where the client is gone."""
        if self.disconnected or self.transport.is_closing():
            return False
        transport, self.transport = self.transport, _Gone()
        self.response.headers["Sec-WebSocket-Protocol"] = subprotocol
        self.conn.send_response(self.response)
        transport.write(b"".join(self.conn.data_to_send()))
        self.handshake_complete = True
        self.connections.discard(self)
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        transport.resume_reading()
        if self.early:
            protocol.data_received(self.early)
        return True


class _Gone(asyncio.Transport):
    """Stands where the transport was, for what uvicorn still does with it when the ASGI call returns."""

    def close(self) -> None:
        """Nothing: the connection is someone else's now."""

    def is_closing(self) -> bool:
        return True
