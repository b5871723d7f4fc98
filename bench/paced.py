"""The client that measures: authors who post at times fixed beforehand, and listeners in the same rooms.

An open loop: a command is sent when its time has come, however long the earlier ones take, and its latency counts from
that time. A server that stalls for a second shows a second, not one slow command.
"""

import asyncio
import selectors
import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from bench.failures import Failure
from bench.figures import Spread
from bench.link import Link
from bench.stamps import planned_ns, stamped
from realtime.rooms.commands import Post
from realtime.wire.client import Join

SEATED_WITHIN_S: Final = 20.0
ANSWERED_WITHIN_S: Final = 10.0
HEAD_START_S: Final = 0.05
# A sleeping processor wakes late, which is not the server's doing: the last moment is spent awake.
AWAKE_S: Final = 0.001

# 300 characters, and no digit that a rule about identifiers could take for a number of someone's.
TEXT: Final = (
    "Give fluids before nitrates: the right ventricle is involved until the right-sided leads say otherwise. Pace if "
    "the block does not answer to atropine. Thrombolysis now beats a transfer that takes longer than two hours; call "
    "the centre while the line goes in, and repeat the tracing in a quarter of an hour."
).ljust(300)[:300]


class Place(NamedTuple):
    """Where someone sits: by which node, with whose token, in which room."""

    port: int
    token: str
    room: str


class Result(NamedTuple):
    """`acks`: from planned to acked. `arrivals`: from planned to arrived at the listener, `after_acks`: from acked on.

    `late`: from planned to sent, which is this client's own share.
    """

    acks: Spread
    late: Spread
    arrivals: Spread | None
    after_acks: Spread | None


def exact_loop() -> asyncio.AbstractEventLoop:
    """A loop whose timers are exact to microseconds: epoll and uvloop count milliseconds."""
    return asyncio.SelectorEventLoop(selectors.SelectSelector())


class Paced:
    """One author a room, and where `listeners` are given one of them for each author, in the same order."""

    def __init__(self, authors: Sequence[Place], listeners: Sequence[Place] = ()) -> None:
        self._authors = [Author(place) for place in authors]
        self._listeners = [Listener(place) for place in listeners]

    async def sit(self) -> None:
        """Take all seats. Raises `Failure`."""
        try:
            async with asyncio.timeout(SEATED_WITHIN_S):
                for participant in [*self._authors, *self._listeners]:
                    await participant.sit()
        except (TimeoutError, OSError):
            raise Failure("the participants could not be seated") from None

    async def post(self, per_s: float, seconds: float) -> Result:
        """Post at that rate, in all rooms in turn, and wait until everything was acked and has arrived.

        Raises `Failure` where something was refused or lost.
        """
        for participant in (*self._authors, *self._listeners):
            participant.times_ns.clear()
        late_ns: list[int] = []
        begin_ns = time.monotonic_ns() + round(HEAD_START_S * 1e9)
        count = round(per_s * seconds)
        for number in range(count):
            planned = begin_ns + round(number / per_s * 1e9)
            await _until(planned)
            late_ns.append(time.monotonic_ns() - planned)
            self._authors[number % len(self._authors)].post(stamped(planned, number))
        await self._all_is_there(count)
        return self._result(late_ns)

    async def _all_is_there(self, count: int) -> None:
        deadline_ns = time.monotonic_ns() + round(ANSWERED_WITHIN_S * 1e9)
        groups: list[Sequence[Participant]] = [self._authors, self._listeners]
        for group in filter(None, groups):
            while (came := sum(len(participant.times_ns) for participant in group)) < count:
                if refusal := next((one.refusal for one in group if one.refusal), None):
                    raise Failure(f"a command was refused: {refusal}")
                if time.monotonic_ns() > deadline_ns:
                    raise Failure(f"of {count} commands, {count - came} were not answered, or did not arrive")
                await asyncio.sleep(0.05)

    def _result(self, late_ns: list[int]) -> Result:
        acked, arrived = _times(self._authors), _times(self._listeners)
        acks = Spread.of([at - planned_ns(name) for name, at in acked.items()])
        if not arrived:
            return Result(acks, Spread.of(late_ns), None, None)
        return Result(
            acks,
            Spread.of(late_ns),
            Spread.of([at - planned_ns(name) for name, at in arrived.items()]),
            Spread.of([at - acked[name] for name, at in arrived.items()]),
        )


class Participant(Link):
    """One contributor. `times_ns`: when what they are here to time came, by the command's id."""

    __slots__ = ("_place", "_seated", "refusal", "times_ns")

    def __init__(self, place: Place) -> None:
        super().__init__(place.token)
        self._place = place
        self._seated: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.refusal = ""
        self.times_ns: dict[str, int] = {}

    async def sit(self) -> None:
        """Connect, join, catch up."""
        await self.open(self._place.port)
        self.send(Join(id="j", room=self._place.room))
        await self._seated

    def message(self, payload: bytes) -> None:
        frame: dict[str, Any] = msgspec.msgpack.decode(payload)
        self.time(frame)
        match frame:
            case {"t": "caught_up"}:
                self._seated.set_result(None)
            case {"t": "error", "message": message}:
                self.refusal = message

    def time(self, frame: dict[str, Any]) -> None:
        """Note when this came, where it is timed."""
        raise NotImplementedError


class Author(Participant):
    """Posts, and times the acks."""

    __slots__ = ()

    def post(self, name: str) -> None:
        """Post something under this id."""
        self.send(Post(id=name, room=self._place.room, text=TEXT))

    def time(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "ack":
            self.times_ns[frame["re"]] = self.heard_ns


class Listener(Participant):
    """Times the events."""

    __slots__ = ()

    def time(self, frame: dict[str, Any]) -> None:
        events = [frame] if frame["t"] == "event" else frame["events"] if frame["t"] == "events" else ()
        for event in events:
            self.times_ns[event["id"]] = self.heard_ns


async def _until(at_ns: int) -> None:
    while True:
        ahead_s = (at_ns - time.monotonic_ns()) / 1e9
        if ahead_s <= 0:
            return
        await asyncio.sleep(max(0.0, ahead_s - AWAKE_S))


def _times(group: Sequence[Participant]) -> dict[str, int]:
    return {name: at for participant in group for name, at in participant.times_ns.items()}
