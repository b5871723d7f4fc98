"""Institutions of tests: a plan that is small, its agreement in force and accepted."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from persistence import people
from persistence.database import Database
from persistence.observers import institutions
from persistence.observers.institutions import Institution
from realtime.rooms.observing import DAY_MS
from realtime.rooms.people import Person
from tests.builders import AT, obi

HOUR_MS = 3_600_000


def plan(**parts: Any) -> Institution:
    """The plan of obi's institution: two seats, one hour, thirty days."""
    given: dict[str, Any] = {
        "name": obi.institution,
        "kind": obi.kind,
        "purposes": ["HRESCH", "PATSFTY"],
        "products": ["Antivenin"],
        "seats": 2,
        "hours": 1,
        "term_start": AT,
        "term_end": AT + 30 * DAY_MS,
    }
    return Institution(**given | parts)


async def agreed(database: Database, observers: Sequence[Person] = (obi,), **parts: Any) -> Institution:
    """The institution, on record, with people who have accepted its agreement."""
    wish = plan(**parts)

    def write(session: Session) -> None:
        people.add_many(session, observers, AT)
        institutions.add(session, wish, AT)
        institutions.agree(session, wish.name, text="Read and do not tell.", uses=wish.purposes, now_ms=AT)
        institutions.accept(session, [person.id for person in observers], wish.name, 1, AT)

    await database.write(write)
    return wish
