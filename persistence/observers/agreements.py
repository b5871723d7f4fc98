"""Under which agreement people observe, as one node knows it: refreshed twice a second, in one query."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from sqlmodel import Session, col, select

from persistence.database import Database
from persistence.gather import Gather
from persistence.observers.institutions import HOUR_MS, Institution, accepted, listed
from persistence.observers.tables import SeatsHeld
from realtime.rooms.observing import Permit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused

REMEMBERED: Final = 100_000
# A node that has said nothing for so long holds no seats any more.
SILENT_MS: Final = 10_000

Accepted = frozenset[tuple[str, int]]
Held = dict[str, tuple[int, int]]
"""Seats, and ms listened that are not in `used_ms` yet, by institution."""


class Spoke(NamedTuple):
    """When another node spoke last, by its clock, and when that was heard, by this one's."""

    at: int
    heard_ms: int


class Agreements:
    """The institutions, what other nodes hold of their plans, and who has accepted what.

    `own_ms` gives what this node has not reported yet of an institution's listening.
    """

    def __init__(self, database: Database, node: str, now_ms: Callable[[], int], own_ms: Callable[[str], int]) -> None:
        self._database = database
        self._node = node
        self._now_ms = now_ms
        self._own_ms = own_ms
        self._institutions: dict[str, Institution] = {}
        self._permits: dict[str, Permit] = {}
        self._elsewhere: Held = {}
        self._spoke: dict[str, Spoke] = {}
        self._accepted: dict[str, Accepted] = {}
        # Thousands have accepted the same: one value for all of them.
        self._kinds: dict[Accepted, Accepted] = {}
        self._asks: Gather[str, Accepted] = Gather(self._ask)
        self._looks: Gather[str, None] = Gather(self._look)

    async def refresh(self) -> None:
        """Read what may have changed. Raises `Unavailable`."""
        known, said = await self._database.read(lambda session: (listed(session), _said(session, self._node)))
        self._institutions = {one.name: one for one in known}
        self._permits = {one.name: self._same(one.permit) for one in known}
        self._elsewhere = _held(self._alive(said))

    def known(self, person: Person) -> Permit | None:
        """What `person` is permitted now, without asking."""
        one = self._institutions.get(person.institution)
        if one is None or self.refusal(one.name) is not None:
            return None
        return self._permits[one.name] if (one.name, one.agreement) in self._accepted.get(person.id, ()) else None

    async def permit(self, person: Person) -> Permit:
        """What `person` is permitted now. Raises `Refused` or `Unavailable`."""
        if (permit := self.known(person)) is not None:
            return permit
        refusal = self.refusal(person.institution)
        if refusal is Refusal.NO_AGREEMENT:  # it may have been made a moment ago
            await self._looks(person.institution)
            refusal = self.refusal(person.institution)
        if refusal is not None:
            raise Refused(refusal)
        self._remember(person.id, await self._asks(person.id))
        if (permit := self.known(person)) is None:
            raise Refused(self.refusal(person.institution) or Refusal.NOT_ACCEPTED)
        return permit

    def refusal(self, name: str) -> Refusal | None:
        """What stands in the way of all observers of an institution."""
        one, now_ms = self._institutions.get(name), self._now_ms()
        if one is None or not one.agreement:
            return Refusal.NO_AGREEMENT
        if one.suspended_at is not None:
            return Refusal.SUSPENDED
        if not one.term_start <= now_ms < one.term_end:
            return Refusal.TERM_OVER
        return Refusal.HOURS_USED if self.used_ms(name) >= one.hours * HOUR_MS else None

    def used_ms(self, name: str) -> int:
        """How long an institution has listened in its term, on all nodes."""
        one = self._institutions.get(name)
        elsewhere = self._elsewhere.get(name, (0, 0))[1]
        return (one.used_ms if one is not None else 0) + elsewhere + self._own_ms(name)

    def institution(self, name: str) -> Institution | None:
        """The institution of this name."""
        return self._institutions.get(name)

    def in_force(self, name: str) -> Permit | None:
        """What the observers of an institution may be shown under the agreement in force."""
        return self._permits.get(name)

    def suspended(self) -> set[str]:
        """The institutions whose access is suspended."""
        return {name for name, one in self._institutions.items() if one.suspended_at is not None}

    def seats_elsewhere(self, name: str) -> int:
        """How many seats an institution holds on other nodes, as they last said."""
        return self._elsewhere.get(name, (0, 0))[0]

    async def close(self) -> None:
        """Return when no ask is under way."""
        await self._asks.close()
        await self._looks.close()

    def _alive(self, said: list[SeatsHeld]) -> list[SeatsHeld]:
        """What is said by nodes that spoke a moment ago, by this node's clock: theirs may be another."""
        now_ms = self._now_ms()
        spoke: dict[str, Spoke] = {}
        for row in said:
            before = self._spoke.get(row.node)
            # Of one that is met for the first time nothing but its own word tells how long it has been silent.
            heard_ms = row.at if before is None else before.heard_ms if before.at == row.at else now_ms
            spoke[row.node] = Spoke(row.at, min(heard_ms, now_ms))
        self._spoke = spoke
        return [row for row in said if now_ms - spoke[row.node].heard_ms <= SILENT_MS]

    def _same(self, permit: Permit) -> Permit:
        """The one that thousands of stretches hold already, where it is still the same."""
        before = self._permits.get(permit.institution)
        return before if before == permit else permit

    def _remember(self, person: str, agreements: Accepted) -> None:
        if len(self._accepted) >= REMEMBERED:
            self._accepted.clear()
            self._kinds.clear()
        self._accepted[person] = self._kinds.setdefault(agreements, agreements)

    async def _ask(self, people: list[str]) -> list[Accepted]:
        found = await self._database.read(lambda session: accepted(session, people))
        return [frozenset(found[person]) for person in people]

    async def _look(self, names: list[str]) -> list[None]:
        await self.refresh()
        return [None] * len(names)


def _said(session: Session, node: str) -> list[SeatsHeld]:
    """What the other nodes said last."""
    return list(session.exec(select(SeatsHeld).where(col(SeatsHeld.node) != node)))


def _held(said: Iterable[SeatsHeld]) -> Held:
    held: Held = {}
    for row in said:
        seats, unreported_ms = held.get(row.institution, (0, 0))
        held[row.institution] = (seats + row.seats, unreported_ms + row.unreported_ms)
    return held
