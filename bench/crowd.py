"""The mass of readers: thousands of seats in one room that read, answer pings, and count what comes."""

import asyncio
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

import msgspec

from bench.failures import Failure
from bench.figures import Spread
from bench.link import Link
from bench.stamps import planned_ns
from realtime.wire import Join

AT_ONCE: Final = 64
SEATED_WITHIN_S: Final = 50.0
MOST_KNOWN: Final = 1_000


class Count(NamedTuple):
    """What came to all seats since the last count. `spread`: from planned post to arrival; None where nothing came."""

    delivered: int
    holes: int
    lost: int
    spread: Spread | None


class Batch(NamedTuple):
    """The events of one message: the first and last `seq`, and when each was planned."""

    first: int
    last: int
    planned_ns: list[int]


class Crowd:
    """Readers of `room` on the node at `port`."""

    def __init__(self, port: int, room: str, mode: Literal["follow"] | None) -> None:
        self._port = port
        self._join = Join(id="j", room=room, as_=mode)
        self._seats: list[Reader] = []
        self._batches: dict[bytes, Batch | None] = {}
        self._arrivals_ns: list[int] = []
        self._holes = 0

    async def seat(self, tokens: list[str]) -> None:
        """Seat the owners of `tokens` as well; all are caught up when this returns. Raises `Failure`."""
        newcomers = [Reader(token, self) for token in tokens]
        self._seats += newcomers
        waiting = iter(newcomers)
        try:
            async with asyncio.timeout(SEATED_WITHIN_S), asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(self._seat_each(waiting))
        except TimeoutError:
            raise Failure("the readers could not be seated in time") from None
        except ExceptionGroup as errors:
            raise Failure(f"a reader could not be seated: {errors.exceptions[0]}") from None

    async def count(self) -> Count:
        """What came since the last count."""
        arrivals, self._arrivals_ns = self._arrivals_ns, []
        holes, self._holes = self._holes, 0
        lost = sum(seat.lost for seat in self._seats)
        return Count(len(arrivals), holes, lost, Spread.of(arrivals) if arrivals else None)

    def took(self, reader: "Reader", payload: bytes) -> None:
        """A seated reader got a message. All of them get the same bytes, so each message is decoded once."""
        if payload not in self._batches:
            if len(self._batches) >= MOST_KNOWN:
                self._batches.clear()
            self._batches[payload] = _batch(payload)
        batch = self._batches[payload]
        if batch is not None:
            self._holes += batch.first != reader.seq + 1
            reader.seq = batch.last
            for planned in batch.planned_ns:
                self._arrivals_ns.append(reader.heard_ns - planned)

    async def _seat_each(self, waiting: "Iterator[Reader]") -> None:
        for reader in waiting:
            await reader.open(self._port)
            reader.send(self._join)
            await reader.seated


class Reader(Link):
    """One seat. `seated` is done when it is caught up, `seq` the last event that came."""

    __slots__ = ("_crowd", "seated", "seq")

    def __init__(self, token: str, crowd: Crowd) -> None:
        super().__init__(token)
        self._crowd = crowd
        self.seated: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.seq = 0

    def message(self, payload: bytes) -> None:
        if self.seated.done():
            self._crowd.took(self, payload)
        else:
            self._arrive(msgspec.msgpack.decode(payload))

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if not self.seated.done():
            self.seated.set_exception(Failure("a connection was lost"))

    def _arrive(self, frame: dict[str, Any]) -> None:
        match frame:
            case {"t": "joined" | "events", "events": [*_, {"seq": seq}]} | {"t": "joined" | "event", "seq": seq}:
                self.seq = seq
            case {"t": "caught_up", "seq": self.seq}:
                self.seated.set_result(None)
            case {"t": "error" | "caught_up"}:
                self.seated.set_exception(Failure(f"a reader was answered {frame}"))


def _batch(payload: bytes) -> Batch | None:
    frame = msgspec.msgpack.decode(payload)
    events = frame["events"] if frame["t"] == "events" else [frame] if frame["t"] == "event" else None
    if not events:
        return None
    return Batch(events[0]["seq"], events[-1]["seq"], [planned_ns(event["id"]) for event in events])
