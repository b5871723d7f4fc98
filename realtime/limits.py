"""What one person may ask of this node, and all together of one room of it: by buckets that are gone once full."""

import time
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from realtime.rates import Allowed, Bucket, Pace, whole_ms
from realtime.rooms.commands import Amend, Post
from realtime.rooms.people import Person
from realtime.socket import Seat
from realtime.wire.client import ClientFrame, Seen, Typing

# What makes no event and is not kept.
CHEAP: Final[dict[type[ClientFrame], float]] = {Typing: 0.25, Seen: 0.25}
# A long text takes as much of everybody's time as several short ones.
CHARS: Final = 2_000
# Frames of any kind, pings and pieces of messages too: parsing them costs everyone.
FRAMES_PER_COMMAND: Final = 20
FRAMES_BURST_S: Final = 3.0
# To open a connection takes about as long as to read so many frames.
OPENING: Final = 20
ROOM_BURST_S: Final = 2.0

Made = TypeVar("Made", Bucket, Pace)


class RateLimits:
    """The buckets of this node. A person has the same ones on all their connections here. `clock` never goes back."""

    def __init__(self, allowed: Allowed, clock: Callable[[], float] = time.monotonic) -> None:
        self.allowed = allowed
        self._frames_per_s = FRAMES_PER_COMMAND * allowed.per_s
        self._frames: dict[str, Bucket] = {}
        self._people: dict[tuple[str, str], Pace] = {}
        self._rooms: dict[tuple[str, bool], Pace] = {}
        self._clock = clock

    def __len__(self) -> int:
        return len(self._frames) + len(self._people) + len(self._rooms)

    def frame(self, person: str) -> bool:
        """Whether `person` may send one more frame, on any of their connections."""
        now_s = self._clock()
        return self._allowance(person, now_s).take(now_s)

    def opening_ms(self, person: str) -> int:
        """0 if `person` may open one more connection now, else how many ms to wait."""
        now_s = self._clock()
        allowance = self._allowance(person, now_s)
        return 0 if allowance.take(now_s, OPENING) else whole_ms(allowance.lacks_s(OPENING))

    def wait_ms(self, person: Person, seat: Seat | None, frame: ClientFrame) -> int:
        """0 if `frame` may pass, else how many ms to wait. Without a `seat` in its room it counts as of none.

        Those who cannot write use up nothing of what a room has for those who can.
        """
        now_s, cost = self._clock(), _cost(frame)
        pace = self._pace(person, seat.room if seat is not None else "", now_s)
        wait_ms = pace.wait_ms(now_s, cost)
        if wait_ms or seat is None:
            return wait_ms
        wait_ms = self._room_pace(seat, now_s).wait_ms(now_s, cost)
        if wait_ms:
            pace.give_back(cost)
        return wait_ms

    def too_often(self, person: Person, seat: Seat | None) -> bool:
        """Whether `person` has been refused there more often than anyone who waits when told to."""
        pace = self._people.get((person.id, seat.room if seat is not None else ""))
        return pace is not None and pace.too_often

    def sweep(self) -> None:
        """Forget what is as good as new; once a second."""
        now_s = self._clock()
        self._frames = _kept(self._frames, lambda bucket: bucket.full(now_s))
        self._people = _kept(self._people, lambda pace: pace.idle(now_s))
        self._rooms = _kept(self._rooms, lambda pace: pace.idle(now_s))

    def _allowance(self, person: str, now_s: float) -> Bucket:
        found = self._frames.get(person)
        if found is None:
            most = FRAMES_BURST_S * self._frames_per_s
            found = self._frames[person] = Bucket(self._frames_per_s, most, now_s)
        return found

    def _pace(self, person: Person, room: str, now_s: float) -> Pace:
        found = self._people.get((person.id, room))
        if found is None:
            found = Pace(self.allowed.of(person), self.allowed.burst_of(person), now_s)
            self._people[person.id, room] = found
        return found

    def _room_pace(self, seat: Seat, now_s: float) -> Pace:
        key = seat.room, seat.mode == "contribute"
        found = self._rooms.get(key)
        if found is None:
            per_s = self.allowed.room_per_s
            found = self._rooms[key] = Pace(per_s, ROOM_BURST_S * per_s, now_s)
        return found


def _cost(frame: ClientFrame) -> float:
    if isinstance(frame, Post | Amend):
        return 1.0 + len(frame.text) // CHARS
    return CHEAP.get(type(frame), 1.0)


Key = TypeVar("Key", bound=Hashable)


def _kept(buckets: dict[Key, Made], idle: Callable[[Made], bool]) -> dict[Key, Made]:
    """`buckets` without those that are idle; they are a few, of those who have just been at work."""
    return {key: bucket for key, bucket in buckets.items() if not idle(bucket)}
