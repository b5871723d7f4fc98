"""Under which agreement people observe, as one node knows it: refreshed twice a second, in one query."""

from collections.abc import Callable
from typing import Final

from sqlmodel import Session, col, select

from persistence.database import Database
from persistence.gather import Gather
from persistence.observers import tables
from persistence.observers.institutions import HOUR_MS, Institution, accepted, listed
from realtime.rooms.observing import Permit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused

REMEMBERED: Final = 100_000
# A node that has said nothing for so long holds no seats any more.
SILENT_MS: Final = 10_000

Accepted = set[tuple[str, int]]
Held = dict[str, tuple[int, int]]
"""Seats, and ms listened that are not in `used_ms` yet, by institution."""


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
        self._elsewhere: Held = {}
        self._accepted: dict[str, Accepted] = {}
        self._asks: Gather[str, Accepted] = Gather(self._ask)

    async def refresh(self) -> None:
        """Read what may have changed. Raises `Unavailable`."""
        since = self._now_ms() - SILENT_MS
        node = self._node
        known, held = await self._database.read(lambda session: (listed(session), _held(session, node, since)))
        self._institutions = {one.name: one for one in known}
        self._elsewhere = held

    def known(self, person: Person) -> Permit | None:
        """What `person` is permitted now, without asking."""
        one = self._institutions.get(person.institution)
        if one is None or self.refusal(one.name) is not None:
            return None
        return one.permit if (one.name, one.agreement) in self._accepted.get(person.id, ()) else None

    async def permit(self, person: Person) -> Permit:
        """What `person` is permitted now. Raises `Refused` or `Unavailable`."""
        if (permit := self.known(person)) is not None:
            return permit
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

    def suspended(self) -> set[str]:
        """The institutions whose access is suspended."""
        return {name for name, one in self._institutions.items() if one.suspended_at is not None}

    def seats_elsewhere(self, name: str) -> int:
        """How many seats an institution holds on other nodes, as they last said."""
        return self._elsewhere.get(name, (0, 0))[0]

    async def close(self) -> None:
        """Return when no ask is under way."""
        await self._asks.close()

    def _remember(self, person: str, agreements: Accepted) -> None:
        if len(self._accepted) >= REMEMBERED:
            self._accepted.clear()
        self._accepted[person] = agreements

    async def _ask(self, people: list[str]) -> list[Accepted]:
        found = await self._database.read(lambda session: accepted(session, people))
        return [found[person] for person in people]


def _held(session: Session, node: str, since: int) -> Held:
    table = tables.SeatsHeld
    held: Held = {}
    for row in session.exec(select(table).where(col(table.at) >= since, col(table.node) != node)):
        seats, unreported_ms = held.get(row.institution, (0, 0))
        held[row.institution] = (seats + row.seats, unreported_ms + row.unreported_ms)
    return held
