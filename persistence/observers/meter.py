"""What institutions listen to on this node: stretches that are under way, their seats and milliseconds."""

from collections import Counter

from realtime.observing import Stretch


class Meter:
    """The stretches of one node by institution. A person in one room holds one seat, however often they sit there."""

    def __init__(self) -> None:
        self._open: dict[str, dict[Stretch, None]] = {}
        self._places: dict[str, dict[str, Counter[str]]] = {}  # by institution and room: how often each person sits
        self._since_ms: Counter[str] = Counter()
        self._left_ms: Counter[str] = Counter()

    def add(self, stretch: Stretch) -> None:
        """A stretch begins."""
        name = stretch.permit.institution
        self._open.setdefault(name, {})[stretch] = None
        self._since_ms[name] += stretch.listened_until_ms
        if stretch.way == "stream":
            self._places.setdefault(name, {}).setdefault(stretch.room, Counter())[stretch.person] += 1

    def discard(self, stretch: Stretch, now_ms: int) -> bool:
        """A stretch ends; whether it was under way. What was listened to of it counts on until it is reported."""
        name = stretch.permit.institution
        if not self.under_way(stretch):
            return False
        del self._open[name][stretch]
        self._since_ms[name] -= stretch.listened_until_ms
        self._leave(name, now_ms - stretch.listened_until_ms)
        if stretch.way == "stream":
            people = self._places[name][stretch.room]
            people[stretch.person] -= 1
            if not people[stretch.person]:
                del people[stretch.person]
            if not people:
                del self._places[name][stretch.room]
        if not self._open[name]:
            for table in (self._open, self._places, self._since_ms):
                table.pop(name, None)
        return True

    def reported(self, stretch: Stretch, until_ms: int) -> None:
        """What was listened to of a stretch up to `until_ms` is on record."""
        name, more_ms = stretch.permit.institution, until_ms - stretch.listened_until_ms
        if self.under_way(stretch):
            self._since_ms[name] += more_ms
        else:
            self._leave(name, -more_ms)
        stretch.listened_until_ms = until_ms

    def under_way(self, stretch: Stretch) -> bool:
        """Whether a stretch has begun and not ended."""
        return stretch in self._open.get(stretch.permit.institution, ())

    def seats(self, name: str) -> int:
        """How many seats an institution holds here."""
        return sum(map(len, self._places.get(name, {}).values()))

    def holds(self, name: str, person: str, room: str) -> bool:
        """Whether this person has a seat in this room already."""
        return person in self._places.get(name, {}).get(room, ())

    def unreported_ms(self, name: str, now_ms: int) -> int:
        """What an institution has listened to here that is not on record yet."""
        return len(self._open.get(name, ())) * now_ms - self._since_ms[name] + self._left_ms[name]

    @property
    def institutions(self) -> list[str]:
        """Those that have anything under way here, or not reported."""
        return list(self._open.keys() | self._left_ms.keys())

    def of(self, name: str) -> list[Stretch]:
        """An institution's stretches that are under way, the oldest first."""
        return list(self._open.get(name, ()))

    def _leave(self, name: str, more_ms: int) -> None:
        """So much more of what is over is to be reported; an institution of which nothing is, is forgotten."""
        self._left_ms[name] += more_ms
        if not self._left_ms[name]:
            del self._left_ms[name]
