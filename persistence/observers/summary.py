"""What observers are told of all cases together: how many, by specialty and month, as far as numbers are not small."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

from sqlmodel import Session, select

from persistence import tables
from persistence.observers.suppression import Counts, suppressed
from persistence.rows import card
from realtime.rooms.observing import Permit, may_observe


def summary(session: Session, permit: Permit, now_ms: int) -> Counts:
    """Cases that the holder of `permit` may observe, by first specialty and month of opening (UTC).

    The month that has not ended is left out: from one day to the next its numbers would betray single cases.
    """
    this_month = month(now_ms)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in session.exec(select(tables.Room.card).execution_options(yield_per=500)):
        one = card(row)
        opened = month(one.case.opened_at)
        if opened < this_month and one.case.observers.mode != "off" and may_observe(one, permit, now_ms):
            found[one.case.specialties[0]][opened] += 1
    return suppressed(found)


def month(at_ms: int) -> str:
    """The month of a time, as `2026-11`."""
    return datetime.fromtimestamp(at_ms / 1_000, UTC).strftime("%Y-%m")
