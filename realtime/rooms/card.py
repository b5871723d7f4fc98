"""A room's card: what the worklist shows of it, and what decides who may enter."""

from typing import Literal, Protocol

import msgspec

from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.command import Reach, Verdict
from realtime.rooms.people import Mode, Person

Change = Literal["opened", "changed", "closed"]
"""What the worklist is told of a case."""
Help = Literal["nobody", "paged", "answered"]
"""Whether a case has somebody: people are being asked for, or somebody else has taken it or spoken in it."""


class Bounds(Protocol):
    """How far a case goes, and from where: who is in its presenter's institution, or network."""

    @property
    def reach(self) -> Reach: ...

    @property
    def institution(self) -> str | None: ...

    @property
    def network(self) -> str | None: ...


class Member(Protocol):
    """Somebody of an institution and a network; empty where of none."""

    @property
    def institution(self) -> str: ...

    @property
    def network(self) -> str: ...


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The case of a room as it is now, with who was invited or removed.

    `waiting`: nobody but the presenter has posted yet. `paged_at`, `answered_at`, `closed_at` (Unix ms): since when
    people are asked for, and since when somebody else has taken the case or spoken in it. `rung`: whom a page rings
    that nobody has taken; they may enter. `outcome`: the verdict of the last one, and `outcome_known` what it answers
    of `realtime.rooms.follow_up.QUESTIONS`. `opined_at`, `asked_at` (Unix ms): since when an opinion waits to be
    read by all, and somebody is asked to take the case over.
    """

    case: Case
    invited: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    waiting: bool = True
    paged_at: int | None = None
    answered_at: int | None = None
    rung: frozenset[str] = frozenset()
    closed_at: int | None = None
    outcome: Verdict | None = None
    outcome_known: tuple[str, ...] = ()
    opined_at: int | None = None
    asked_at: int | None = None

    @property
    def open(self) -> bool:
        """Whether the room still takes posts."""
        return self.case.status == "open"

    @property
    def let_in(self) -> frozenset[str]:
        """Who may enter whatever the reach, besides the presenter."""
        return self.invited | self.rung

    @property
    def help(self) -> tuple[Help, int]:
        """Whether the case has somebody, and since when that is so, Unix ms."""
        if self.answered_at is not None:
            return "answered", self.answered_at
        if self.paged_at is not None:
            return "paged", self.paged_at
        return "nobody", self.case.opened_at


def may_enter(card: Card, person: Person) -> bool:
    """Whether `person` may see this case at all: its room, its archive, its line on the worklist."""
    if person.role == "moderator":
        return True
    if person.id in card.removed:
        return False
    if person.role == "observer":
        return card.case.observers.mode != "off"
    if person.id == card.case.presenter or person.id in card.let_in:
        return True
    return person.verified and within_reach(card.case, person)


def let_in_by_reach(card: Card, person: Person) -> bool:
    """Whether `person` may enter without being rung."""
    return may_enter(msgspec.structs.replace(card, rung=frozenset()), person)


def by_office(card: Card, person: Person) -> bool:
    """Whether a moderator may enter only because they are one: nobody asked for them, and the case's reach is less."""
    own = person.id == card.case.presenter or person.id in card.let_in
    return person.role == "moderator" and not own and not within_reach(card.case, person)


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
    own = person.id == card.case.presenter or person.id in card.let_in
    return own or person.verified or person.role == "moderator"


def within_reach(bounds: Bounds, member: Member) -> bool:
    """Whether a case goes as far as `member`. That they may enter takes more: `may_enter`."""
    match bounds.reach:
        case "world":
            return True
        case "network":
            same_network = bounds.network is not None and bounds.network == member.network
            return same_network or _same_institution(bounds, member)
        case "institution":
            return _same_institution(bounds, member)
        case "team":
            return False


def _same_institution(bounds: Bounds, member: Member) -> bool:
    return bounds.institution is not None and bounds.institution == member.institution


def switched(case: Case, observers: ObserverSwitch) -> Case:
    """The case with its observers' switch set."""
    return msgspec.structs.replace(case, observers=observers)
