"""How fast somebody may send: token buckets, filled by a clock that is an argument. Times are its seconds."""

import math
from typing import Final, NamedTuple

from realtime.rooms.people import Person

# Who is refused has so many seconds' worth of refusals in hand: more is for those who do not wait when told to.
PATIENCE_S: Final = 10.0
# No wait that is asked for is longer: a slot that was promised long ago may never be used.
LONGEST_WAIT_S: Final = 5.0
# So much of a token may be lacking: sums of fractions are not exact, and whoever waited as told is to pass.
HAIR: Final = 1e-6
# An observer listens: so much of what others may send is enough for that.
OBSERVERS_SHARE: Final = 0.25


class Allowed(NamedTuple):
    """Commands a second, on average: of one person in one room, `burst` of them at once; and of all in one room."""

    per_s: float = 20.0
    burst: float = 100.0
    room_per_s: float = 500.0

    def of(self, person: Person) -> float:
        """Commands a second of `person` in one room."""
        return self.per_s * _share(person)

    def burst_of(self, person: Person) -> float:
        """So many of them at once."""
        return self.burst * _share(person)


class Bucket:
    """Allows `per_s` a second on average, and `most` at once."""

    __slots__ = ("_at_s", "_most", "_per_s", "_tokens")

    def __init__(self, per_s: float, most: float, now_s: float) -> None:
        self._per_s = per_s
        self._most = self._tokens = most
        self._at_s = now_s

    def take(self, now_s: float, cost: float = 1.0) -> bool:
        """Whether `cost` more may pass now; then it counts."""
        self._tokens = min(self._most, self._tokens + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._tokens < cost - HAIR:
            return False
        self._tokens -= cost
        return True

    def give_back(self, cost: float) -> None:
        """What was taken did not pass after all."""
        self._tokens += cost

    def lacks_s(self, cost: float) -> float:
        """How long after the last `take` there will be `cost` again."""
        return max(0.0, (cost - self._tokens) / self._per_s)

    def full(self, now_s: float) -> bool:
        """Whether nothing is missing: a new one would be the same."""
        return self._tokens + (now_s - self._at_s) * self._per_s >= self._most


class Pace:
    """A bucket that tells those whom it refuses when to come back, each at a time of their own.

    Whoever comes back when told to is not refused again and again, however many wait; they come at `per_s`.
    """

    __slots__ = ("_bucket", "_per_s", "_refusals", "_slot_s", "too_often")

    def __init__(self, per_s: float, most: float, now_s: float) -> None:
        self._per_s = per_s
        self._bucket = Bucket(per_s, most, now_s)
        self._refusals: Bucket | None = None
        self._slot_s = now_s
        self.too_often = False

    def wait_ms(self, now_s: float, cost: float = 1.0) -> int:
        """0 if `cost` more may pass now, else how many ms to wait. `too_often` is then for whoever does not wait."""
        if self._bucket.take(now_s, cost):
            self.too_often = False
            return 0
        if self._refusals is None:
            self._refusals = Bucket(self._per_s, PATIENCE_S * self._per_s, now_s)
        self.too_often = not self._refusals.take(now_s)
        self._slot_s = max(self._slot_s, now_s + self._bucket.lacks_s(cost))
        wait_s = min(LONGEST_WAIT_S, self._slot_s - now_s)
        self._slot_s = min(self._slot_s + cost / self._per_s, now_s + LONGEST_WAIT_S)
        return whole_ms(wait_s)

    def give_back(self, cost: float) -> None:
        """What was let pass did not happen after all."""
        self._bucket.give_back(cost)

    def idle(self, now_s: float) -> bool:
        """Whether a new one would be the same."""
        return self._bucket.full(now_s) and (self._refusals is None or self._refusals.full(now_s))


def whole_ms(wait_s: float) -> int:
    """A wait as the wire has it: at least 1 ms, and never shorter than it is."""
    return max(1, math.ceil(1_000 * wait_s - HAIR))


def _share(person: Person) -> float:
    return OBSERVERS_SHARE if person.role == "observer" else 1.0
