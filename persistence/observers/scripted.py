"""Observers for scripts, benches and the demo: an institution with a generous plan, and its agreement accepted."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from persistence.observers.institutions import Institution, accept, add, agree, found
from realtime.rooms.people import Person
from realtime.rooms.purposes import PURPOSES

SEATS: Final = 100_000
HOURS: Final = 1_000_000
# From before any clock that a script may set to 2100-01-01.
TERM_START: Final = 0
TERM_END: Final = 4_102_444_800_000
TEXT: Final = (
    "You may read de-identified consults, for the purposes that this agreement names and for no other. You do not try "
    "to find out who a patient or a doctor is, you contact nobody, you pass nothing on to others, you keep what you "
    "have safe, and you report any breach at once. What you are shown is recorded, and the presenter of a case can "
    "see that record."
)


def under_agreement(session: Session, people: Sequence[Person], name: str, kind: str, now_ms: int) -> None:
    """Put observers under the agreement of the institution `name`, which is made, for all purposes, when absent.

    Raises `ValueError` where one of them is no observer of it, or it is of another kind.
    """
    for person in people:
        if person.role != "observer" or person.institution != name:
            raise ValueError(f"`{person.handle}` is no observer of `{name}`. Take another handle.")
    one = found(session, name)
    if one is not None and one.kind != kind:
        raise ValueError(f"`{name}` is of the kind {one.kind}, not {kind}.")
    version = one.agreement if one is not None else 0
    if one is None:
        add(session, _plan(name, kind), now_ms)
    if not version:
        uses = one.purposes if one is not None else PURPOSES
        version = agree(session, name, text=TEXT, uses=uses, now_ms=now_ms).version
    accept(session, [person.id for person in people], name, version, now_ms)


def _plan(name: str, kind: str) -> Institution:
    return Institution(
        name=name,
        kind=kind,
        purposes=list(PURPOSES),
        seats=SEATS,
        hours=HOURS,
        term_start=TERM_START,
        term_end=TERM_END,
    )
