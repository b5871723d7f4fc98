"""Observing without a database: everyone who names an institution is permitted, until a test says otherwise."""

from realtime.observing import Stretch, Way
from realtime.rooms.observing import Permit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused


class MemoryObserving:
    """Permits as `refusals` leaves them, by institution; `begun` and `ended` keep what was shown, in order."""

    def __init__(self) -> None:
        self.refusals: dict[str, Refusal] = {}
        self.embargo_days = 0
        self.purposes = frozenset({"HRESCH"})
        self.begun: list[Stretch] = []
        self.ended: list[tuple[Stretch, int]] = []

    def known(self, person: Person) -> Permit | None:
        if person.role != "observer" or person.institution in self.refusals:
            return None
        return Permit(person.institution, person.kind, self.purposes, 1, self.embargo_days)

    async def permit(self, person: Person) -> Permit:
        permit = self.known(person)
        if permit is None:
            raise Refused(self.refusals[person.institution])
        return permit

    async def begin(self, person: Person, permit: Permit, room: str, after: int, way: Way) -> Stretch:
        stretch = Stretch(person, permit, room, after, 0, way)
        self.begun.append(stretch)
        return stretch

    def end(self, stretch: Stretch) -> None:
        self.ended.append((stretch, stretch.upto))
