"""Plain Starlette under uvicorn: `python starlette_server.py PORT`."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

seats: set[WebSocket] = set()


async def sit(socket: WebSocket) -> None:
    """One connection, until it is gone."""
    await socket.accept()
    seats.add(socket)
    try:
        async for message in socket.iter_text():
            for seat in tuple(seats):
                await send(seat, message)
    finally:
        seats.discard(socket)


async def send(seat: WebSocket, message: str) -> None:
    """Send, unless it is gone."""
    try:
        await seat.send_text(message)
    except (WebSocketDisconnect, RuntimeError):
        seats.discard(seat)


if __name__ == "__main__":
    uvicorn.run(
        Starlette(routes=[WebSocketRoute("/ws", sit)]),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_ping_interval=None,
        ws_per_message_deflate=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        log_level="warning",
    )
