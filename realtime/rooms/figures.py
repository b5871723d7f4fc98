"""How long a case waited for what: intervals from its opening, read off its log and off the notices of its pages.

An interval counts under the acuity and the first specialty with which the case was opened and the country of who opened
it, in the month of its opening: once it has ended it stays what it is, whatever becomes of the case.
"""

from collections.abc import Iterable, Mapping, Set
from typing import Final, Literal, NamedTuple

from realtime.rooms.events import Closed, Event, Opened, Paged, Posted, Responded
from realtime.rooms.people import SYSTEM

Measure = Literal["paged", "delivered", "seen", "accepted", "answered", "closed"]
MEASURES: Final[tuple[Measure, ...]] = ("paged", "delivered", "seen", "accepted", "answered", "closed")
"""From the opening until a page rings somebody, has reached a device, was looked at, was accepted; until somebody else
than the presenter has posted; until the close."""


class Looks(NamedTuple):
    """When the first of the notices of a case's pages had reached a device, and was looked at, Unix ms."""

    delivered_at: int | None = None
    seen_at: int | None = None


class Waits(NamedTuple):
    """What a case counts as, and the intervals that have ended, ms."""

    acuity: str
    specialty: str
    country: str
    opened_at: int
    ms: Mapping[Measure, int]


def waits(events: Iterable[Event], looks: Looks) -> Waits:
    """The intervals of a case whose log is `events`. Raises `ValueError` where that is not the whole log."""
    log = iter(events)
    first = next(log, None)
    if first is None or not isinstance(first.body, Opened):
        raise ValueError("a case begins with its opening")
    case = first.body.case
    ends: dict[Measure, int] = {}
    pages: set[str] = set()
    for event in log:
        if isinstance(event.body, Paged):
            pages.add(event.body.page)
        if (measure := _ended(event, case.presenter, pages)) is not None:
            ends.setdefault(measure, event.at)
    ends |= _looked(looks)
    specialty = case.specialties[0] if case.specialties else ""
    ms = {measure: max(0, ends[measure] - first.at) for measure in MEASURES if measure in ends}
    return Waits(case.acuity, specialty, first.by.country, first.at, ms)


def _ended(event: Event, presenter: str, pages: Set[str]) -> Measure | None:
    """What an event ends, if it is the first of its kind. Hand-overs are answered as `pages` are."""
    match event.body:
        case Paged(people=people) if people:
            return "paged"
        case Responded(page=page, answer="accept") if page in pages:
            return "accepted"
        case Posted() if event.by.person not in (presenter, SYSTEM):
            return "answered"
        case Closed():
            return "closed"
        case _:
            return None


def _looked(looks: Looks) -> dict[Measure, int]:
    """Who looks at a notice has got it, though that may never have been said."""
    ends: dict[Measure, int] = {}
    delivered = [at for at in looks if at is not None]
    if delivered:
        ends["delivered"] = min(delivered)
    if looks.seen_at is not None:
        ends["seen"] = looks.seen_at
    return ends
