"""Thousands of posts in little time, for rooms that have to be long."""

import json
from collections.abc import Sequence
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.endtoend.callers import Callers
from tests.endtoend.site import WRITERS

AT_ONCE: Final = 200
# Who says more in a few seconds is told to wait.
EACH: Final = 2_000


async def flood(callers: Callers, room: str, count: int) -> None:
    """Post "Post 1" to "Post `count`", several physicians in turn. All are acked when this returns."""
    for turn, first in enumerate(range(1, count + 1, EACH)):
        numbers = range(first, min(first + EACH, count + 1))
        async with _connected(callers, f"writer{turn % WRITERS}") as socket:
            await socket.send(json.dumps({"t": "join", "id": "join", "room": room}))
            for at in range(0, len(numbers), AT_ONCE):
                await _post(socket, room, numbers[at : at + AT_ONCE])


async def _post(socket: ClientConnection, room: str, numbers: Sequence[int]) -> None:
    for number in numbers:
        await socket.send(json.dumps({"t": "post", "id": f"flood{number}", "room": room, "text": f"Post {number}"}))
    waiting = len(numbers)
    while waiting:
        frame = json.loads(await socket.recv())
        assert frame["t"] != "error", frame
        waiting -= frame["t"] == "ack"


def _connected(callers: Callers, writer: str) -> connect:
    headers = {"Authorization": f"Bearer {callers.site.tokens[writer]}"}
    json_frames = [Subprotocol("curbside.v1.json")]
    return connect(
        f"ws://{callers.address(writer)}/ws", additional_headers=headers, subprotocols=json_frames, proxy=None
    )
