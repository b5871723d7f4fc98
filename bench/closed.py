"""A closed loop: each author posts again as soon as they are acked."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from bench.failures import Failure
from bench.figures import Spread
from bench.link import Link
from bench.paced import SEATED_WITHIN_S, TEXT, Place
from realtime.rooms.commands import Post
from realtime.wire.client import Join

ENDED_WITHIN_S: Final = 10.0
AT_ONCE: Final = 20
# How a frame begins whose kind is read without the rest: an author is sent all that the others say.
_EVENTS: Final = (b"\xa1t\xa5event", b"\xa1t\xa6events")
_KIND: Final = slice(1, 10)


class Result(NamedTuple):
    """`acks`: from sent to acked. `per_s`: acked by all authors together."""

    acks: Spread
    per_s: float


class Closed:
    """Authors, each at their place."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._authors = [Author(place) for place in places]

    async def sit(self) -> None:
        """Take all seats. Raises `Failure`."""
        try:
            async with asyncio.timeout(SEATED_WITHIN_S):
                for start in range(0, len(self._authors), AT_ONCE):
                    await asyncio.gather(*(author.sit() for author in self._authors[start : start + AT_ONCE]))
        except (TimeoutError, OSError):
            raise Failure("the authors could not be seated") from None

    async def post(self, seconds: float) -> Result:
        """Post for so long, and wait for the last acks. Raises `Failure` where something was refused or lost."""
        began_s = time.monotonic()
        for author in self._authors:
            author.begin()
        await asyncio.sleep(seconds)
        for author in self._authors:
            author.posting = False
        took_s = time.monotonic() - began_s
        await self._all_are_acked()
        taken_ns = [ns for author in self._authors for ns in author.taken_ns]
        return Result(Spread.of(taken_ns), len(taken_ns) / took_s)

    async def _all_are_acked(self) -> None:
        deadline_s = time.monotonic() + ENDED_WITHIN_S
        while waiting := [author for author in self._authors if author.sent_ns]:
            if refusal := next((author.refusal for author in waiting if author.refusal), None):
                raise Failure(f"a post was refused: {refusal}")
            if time.monotonic() > deadline_s:
                raise Failure(f"{len(waiting)} posts were not answered")
            await asyncio.sleep(0.02)


class Author(Link):
    """One who posts. `taken_ns`: from sent to acked, of each post. `sent_ns`: of the one under way, else 0."""

    __slots__ = ("_names", "_place", "_seated", "posting", "refusal", "sent_ns", "taken_ns")

    def __init__(self, place: Place) -> None:
        super().__init__(place.token)
        self._place = place
        self._seated: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._names = 0
        self.posting = False
        self.sent_ns = 0
        self.taken_ns: list[int] = []
        self.refusal = ""

    async def sit(self) -> None:
        """Connect, join, catch up."""
        await self.open(self._place.port)
        self.send(Join(id="j", room=self._place.room))
        await self._seated

    def begin(self) -> None:
        """Post until `posting` is taken back."""
        self.posting = True
        self.taken_ns.clear()
        self._post()

    def message(self, payload: bytes) -> None:
        if payload[_KIND].startswith(_EVENTS):
            return
        frame: dict[str, Any] = msgspec.msgpack.decode(payload)
        match frame:
            case {"t": "ack"}:
                self.taken_ns.append(self.heard_ns - self.sent_ns)
                self.sent_ns = 0
                if self.posting:
                    self._post()
            case {"t": "caught_up"}:
                if not self._seated.done():
                    self._seated.set_result(None)
            case {"t": "error", "message": message}:
                self.refusal = message

    def _post(self) -> None:
        self._names += 1
        self.sent_ns = time.monotonic_ns()
        self.send(Post(id=f"{id(self):x}-{self._names}", room=self._place.room, text=TEXT))
