"""One person who sends far more than they may, and comes back at once whenever they are hung up on."""

import asyncio
import time
from typing import Any, Final, NamedTuple

import msgspec

from bench.failures import Failure
from bench.link import Link
from bench.paced import TEXT, Place
from realtime.rooms.commands import Post
from realtime.wire.client import Join

EVERY_S: Final = 0.02
AGAIN_S: Final = 0.02


class Flooded(NamedTuple):
    """What became of it: posts `sent`, `acked`, `limited` (`rate_limited`), and how often the line was `ended`."""

    sent: int
    acked: int
    limited: int
    ended: int


class Flood:
    """Posts `per_s` a second on one line, whatever is answered."""

    def __init__(self, place: Place, per_s: float) -> None:
        self._place = place
        self._per_s = per_s
        self._heard = {"ack": 0, "error": 0}
        self._sent = 0
        self._ended = 0

    async def run(self, seconds: float) -> Flooded:
        """Flood for so long; what became of all so far."""
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            line = Line(self._place, self._heard)
            try:
                await line.open(self._place.port)
                await self._post(line, until_s)
            except (Failure, OSError):
                pass
            self._ended += line.lost
            line.close()
            await asyncio.sleep(AGAIN_S)
        return Flooded(self._sent, self._heard["ack"], self._heard["error"], self._ended)

    async def _post(self, line: "Line", until_s: float) -> None:
        """Post until the line ends."""
        line.send(Join(id="j", room=self._place.room))
        count, began_s = 0, time.monotonic()
        while not line.lost and (now_s := time.monotonic()) < until_s:
            for _ in range(int((now_s - began_s) * self._per_s) - count):
                line.send(Post(id=f"flood{self._sent}", room=self._place.room, text=TEXT))
                count += 1
                self._sent += 1
            await asyncio.sleep(EVERY_S)


class Line(Link):
    """One connection of it; `heard` counts acks and errors."""

    __slots__ = ("_heard", "_place")

    def __init__(self, place: Place, heard: dict[str, int]) -> None:
        super().__init__(place.token)
        self._place = place
        self._heard = heard

    def message(self, payload: bytes) -> None:
        frame: dict[str, Any] = msgspec.msgpack.decode(payload)
        if frame["t"] in self._heard:
            self._heard[frame["t"]] += 1
