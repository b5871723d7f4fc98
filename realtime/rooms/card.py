"""A room's card: what the worklist shows of it, and what decides who may enter."""

from typing import Literal

import msgspec

from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.command import Verdict
from realtime.rooms.people import Mode, Person

Change = Literal["opened", "changed", "closed"]
"""What the worklist is told of a case."""


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The case of a room as it is now, with who was invited or removed.

    `waiting`: nobody but the presenter has posted yet. `closed_at`: Unix ms. `outcome`: the verdict of the last one.
    """

    case: Case
    invited: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    waiting: bool = True
    closed_at: int | None = None
    outcome: Verdict | None = None

    @property
    def open(self) -> bool:
        """Whether the room still takes posts."""
        return self.case.status == "open"


def may_enter(card: Card, person: Person) -> bool:
    """Whether `person` may see this case at all: its room, its archive, its line on the worklist."""
    if person.role == "moderator":
        return True
    if person.id in card.removed:
        return False
    if person.role == "observer":
        return card.case.observers.mode != "off"
    if person.id == card.case.presenter or person.id in card.invited:
        return True
    return person.verified and _within_reach(card.case, person)


def by_office(card: Card, person: Person) -> bool:
    """Whether a moderator may enter only because they are one: nobody invited them, and the case's reach is less."""
    own = person.id == card.case.presenter or person.id in card.invited
    return person.role == "moderator" and not own and not _within_reach(card.case, person)


def modes(person: Person, *, reads_only: bool = False) -> tuple[Mode, ...]:
    """How `person` may sit in a room that they may enter, the default first; `reads_only`: with a token that reads."""
    if person.role == "observer":
        return ("observe",)
    if reads_only:
        return ("follow", "brief")
    if person.verified or person.role == "moderator":
        return ("contribute", "follow", "brief")
    return ("contribute", "brief")


def generated_title(case: Case) -> str:
    """A title without a word of the author's: specialty, acuity, age band."""
    specialty = case.specialties[0].replace("_", " ").capitalize() if case.specialties else "Case"
    return ", ".join(part for part in (specialty, case.acuity, case.age_band) if part)


def sees_titles(card: Card, person: Person) -> bool:
    """Whether the author's own title may be shown to `person` (not to observers, nor to strangers below T2)."""
    if person.role == "observer":
        return False
    own = person.id == card.case.presenter or person.id in card.invited
    return own or person.verified or person.role == "moderator"


def _within_reach(case: Case, person: Person) -> bool:
    match case.reach:
        case "world":
            return True
        case "network":
            same_network = case.network is not None and case.network == person.network
            return same_network or _same_institution(case, person)
        case "institution":
            return _same_institution(case, person)
        case "team":
            return False


def _same_institution(case: Case, person: Person) -> bool:
    return case.institution is not None and case.institution == person.institution


def switched(case: Case, observers: ObserverSwitch) -> Case:
    """The case with its observers' switch set."""
    return msgspec.structs.replace(case, observers=observers)
