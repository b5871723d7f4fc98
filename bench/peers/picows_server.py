"""picows on uvloop, in an environment of its own: `python picows_server.py PORT`."""

import sys

import uvloop
from picows import (  # type: ignore[import-not-found]
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    ws_create_server,
)

seats: set[WSTransport] = set()


class Seat(WSListener):  # type: ignore[misc]
    """One connection."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        seats.add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        seats.discard(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        if kind == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code(), frame.get_close_message())
            transport.disconnect()
        elif kind in (WSMsgType.TEXT, WSMsgType.BINARY):
            message = frame.get_payload_as_bytes()
            for seat in tuple(seats):
                seat.send(kind, message)


async def serve(port: int) -> None:
    """Serve until ended from outside."""

    def seat(_: WSUpgradeRequest) -> Seat:
        return Seat()

    server = await ws_create_server(seat, "127.0.0.1", port, backlog=4_096)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
