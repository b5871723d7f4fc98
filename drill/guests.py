"""Viewers who note how their node sends them away."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from drill.process import Process

MANY: Final = 5
GOING: Final = 1012
ENDED_WITHIN_S: Final = 5.0


class Guest:
    """One line to a node. `frames`: all that came over it."""

    def __init__(self, line: ClientConnection) -> None:
        self.frames: list[dict[str, Any]] = []
        self._line = line
        self._reading = asyncio.create_task(self._read())

    async def sent_away(self) -> int | None:
        """After how long it was told to come back (ms), as its node went; None where it was not told."""
        await asyncio.wait([self._reading], timeout=ENDED_WITHIN_S)
        byes = [frame for frame in self.frames if frame["t"] == "bye"]
        if self._line.close_code != GOING or not byes:
            return None
        return int(byes[-1]["retry_after_ms"])

    async def leave(self) -> None:
        """Hang up."""
        self._line.transport.abort()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for message in self._line:
                self.frames.append(msgpack.unpackb(message))
        except ConnectionClosed:
            return


@asynccontextmanager
async def guests(node: Process, token: str, room: str) -> AsyncIterator[list[Guest]]:
    """A few who are seated at this node, with no line of the drill's between."""
    seated = [await _seated(node, token, room) for _ in range(MANY)]
    try:
        yield seated
    finally:
        await asyncio.gather(*(guest.leave() for guest in seated))


async def all_told(seated: Sequence[Guest]) -> None:
    """Raises `AssertionError` unless everybody was sent away in good order, and not all for the same time."""
    delays_ms = await asyncio.gather(*(guest.sent_away() for guest in seated))
    if missed := delays_ms.count(None):
        raise AssertionError(f"{missed} of {len(seated)} were not told that their node was going")
    if len(set(delays_ms)) == 1:
        raise AssertionError("all were told to come back at the same moment")


async def _seated(node: Process, token: str, room: str) -> Guest:
    line = await connect(
        f"ws://{node.address}/ws",
        additional_headers={"Authorization": f"Bearer {token}"},
        subprotocols=[Subprotocol("curbside.v1.msgpack")],
        ping_interval=None,
    )
    await line.send(msgpack.packb({"t": "join", "id": "guest", "room": room, "as": "follow"}))
    return Guest(line)
