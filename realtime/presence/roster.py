"""Who is in one room, merged from what every node says of it. Any order and any repetition give the same roster."""

from collections import Counter
from typing import NamedTuple, Self

import msgspec

from realtime.rooms.people import By

SILENCE_MS = 9_000
"""A node that says nothing for so long is gone, and all its people with it."""
GRACE_MS = 2_000
"""Who is missing for less was never gone."""
REMEMBERED_MS = 60_000
"""For so long a late copy of what a silent node said cannot bring its people back."""


class Here(msgspec.Struct, frozen=True, omit_defaults=True):
    """One contributor on the roster: `by` and since when, Unix ms."""

    person: str
    since: int
    handle: str = ""
    role: str = ""
    specialty: str = ""
    country: str = ""
    tier: int | None = None
    name: str = ""

    @classmethod
    def of(cls, by: By, since: int) -> Self:
        """The entry of `by`, here since `since` (Unix ms)."""
        return cls(by.person, since, by.handle, by.role, by.specialty, by.country, by.tier, by.name)


class Statement(msgspec.Struct, frozen=True, kw_only=True, array_like=True, tag="statement"):
    """All that one node has to say of one room now: the latest one replaces those before.

    `incarnation` is higher after each start of the node. `at_ms` grows with each statement of one incarnation about
    the room. `observers` counts seats by kind of institution; `seen` is {person: seq}.
    """

    room: str
    node: str
    incarnation: int
    at_ms: int
    here: list[Here] = []
    viewers: int = 0
    observers: dict[str, int] = {}
    seen: dict[str, int] = {}


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What is new on a roster. `here`, `gone` and `seen` name only what changed; `viewers` and `observers` are as now.

    `counted`: viewers or observers changed.
    """

    here: list[Here]
    gone: list[str]
    seen: dict[str, int]
    viewers: int
    observers: dict[str, int]
    counted: bool


class Roster:
    """One room as one node knows it, this node's own statements included.

    `now_ms` is any clock that never goes back; statements are compared by their own `at_ms`, never with it.
    """

    def __init__(self) -> None:
        self._heard: dict[str, _Heard] = {}
        self._silent: dict[str, _Heard] = {}
        self._present: dict[str, Here] = {}
        self._seen: dict[str, int] = {}
        self._shown: dict[str, Here] = {}
        self._missing: dict[str, int] = {}
        self._told: dict[str, Here] = {}
        self._told_seen: dict[str, int] = {}
        self._told_counts: tuple[int, dict[str, int]] = (0, {})

    def merge(self, statement: Statement, now_ms: int) -> None:
        """Take what a node says. What is older than the latest of that node adds nothing but `seen`."""
        for person, seq in statement.seen.items():
            self._seen[person] = max(seq, self._seen.get(person, 0))
        latest = self._heard.get(statement.node) or self._silent.get(statement.node)
        if latest is not None and not _newer(statement, latest.statement):
            return
        self._silent.pop(statement.node, None)
        self._heard[statement.node] = _Heard(statement, now_ms)
        self._look(now_ms)

    def expire(self, now_ms: int) -> None:
        """Forget the nodes that are silent."""
        for node in _heard_before(self._silent, now_ms - REMEMBERED_MS):
            del self._silent[node]
        if silent := _heard_before(self._heard, now_ms - SILENCE_MS):
            for node in silent:
                self._silent[node] = self._heard.pop(node)
            self._look(now_ms)

    def snapshot(self) -> list[Here]:
        """Everyone here, whoever came first first, and of one moment by handle.

        Who is missing stays until `changes` has told that they are gone.
        Whoever is shown here will be told as gone when they are, also where no call of `changes` has told of them.
        """
        missing = {person: self._shown[person] for person in self._missing}
        self._shown |= self._present
        return _in_order(missing | self._present)

    def knows(self, person: str) -> bool:
        """Whether `changes` has told that `person` is here, and not yet that they are gone."""
        return person in self._told

    @property
    def restless(self) -> bool:
        """Whether time alone may change something: somebody is missing, or other nodes may fall silent."""
        return bool(self._missing or self._silent) or len(self._heard) > 1

    @property
    def viewers(self) -> int:
        """How many viewers there are on all nodes."""
        return sum(heard.statement.viewers for heard in self._heard.values())

    @property
    def observers(self) -> dict[str, int]:
        """How many observers of each kind there are on all nodes; kinds that have any."""
        total: Counter[str] = Counter()
        for heard in self._heard.values():
            total.update(heard.statement.observers)
        return {kind: count for kind, count in sorted(total.items()) if count > 0}

    @property
    def seen(self) -> dict[str, int]:
        """The highest `seq` that each person has said to have read; they need not be here any more."""
        return dict(self._seen)

    def changes(self, now_ms: int) -> Changes | None:
        """What has changed since the last call, expiry included; None where nothing has. It then counts as told."""
        self.expire(now_ms)
        here = [entry for entry in _in_order(self._present) if self._told.get(entry.person) != entry]
        gone = sorted(person for person, since in self._missing.items() if now_ms - since >= GRACE_MS)
        seen = {person: seq for person, seq in self._seen.items() if self._told_seen.get(person, 0) != seq}
        counts = (self.viewers, self.observers)
        counted = counts != self._told_counts
        if not (here or gone or seen or counted):
            return None
        for person in gone:
            self._told.pop(person, None)
            del self._shown[person], self._missing[person]
        self._told |= self._present
        self._shown |= self._present
        self._told_seen |= seen
        self._told_counts = counts
        return Changes(here=here, gone=gone, seen=seen, viewers=counts[0], observers=counts[1], counted=counted)

    def _look(self, now_ms: int) -> None:
        """See who is present by what the nodes say now, and who of those that were ever shown is missing."""
        entries = [entry for heard in self._heard.values() for entry in heard.statement.here]
        self._present = {entry.person: entry for entry in sorted(entries, key=_precedence, reverse=True)}
        for person in self._shown:
            if person in self._present:
                self._missing.pop(person, None)
            else:
                self._missing.setdefault(person, now_ms)


class _Heard(NamedTuple):
    statement: Statement
    at_ms: int


_encoder = msgspec.msgpack.Encoder(order="sorted")


def _newer(statement: Statement, latest: Statement) -> bool:
    """Two that claim the same moment are told apart by their bytes, so that every node keeps the same one."""
    mine, theirs = (statement.incarnation, statement.at_ms), (latest.incarnation, latest.at_ms)
    if mine != theirs:
        return mine > theirs
    return _encoder.encode(statement) > _encoder.encode(latest)


def _in_order(present: dict[str, Here]) -> list[Here]:
    return sorted(present.values(), key=lambda here: (here.since, here.handle, here.person))


def _precedence(here: Here) -> tuple[int, str, str, str, str, int, str]:
    """Of several entries of one person the lowest stands: the earliest `since`, and the same one on every node."""
    tier = -1 if here.tier is None else here.tier
    return here.since, here.handle, here.role, here.specialty, here.country, tier, here.name


def _heard_before(heard: dict[str, _Heard], moment_ms: int) -> list[str]:
    return [node for node, said in heard.items() if said.at_ms <= moment_ms]
