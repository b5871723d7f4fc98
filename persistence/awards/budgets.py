"""What institutions may award in a year: set by moderators, read by their observers."""

from typing import Final

import msgspec
from sqlmodel import Session

from persistence.awards.spent import year_spent
from persistence.awards.tables import AwardBudget
from persistence.observers.tables import Institution

MOST_CENTS: Final = 100_000_000_000


class Budget(msgspec.Struct, frozen=True):
    """What an institution may award in the calendar year `year`, and what counts of that already."""

    year: int
    year_cents: int
    spent_cents: int


def set_budget(session: Session, institution: str, year_cents: int, by: str, now_ms: int) -> None:
    """Let an institution award so much in each calendar year; 0: nothing more. Raises `ValueError`."""
    _known(session, institution)
    if not 0 <= year_cents <= MOST_CENTS:
        raise ValueError(f"A budget is a whole number of cents from 0 to {MOST_CENTS}.")
    row = session.get(AwardBudget, institution, with_for_update=True)
    row = row or AwardBudget(institution=institution, year_cents=0, set_at=now_ms, set_by=by)
    row.year_cents, row.set_at, row.set_by = year_cents, now_ms, by
    session.add(row)


def year_cents_of(session: Session, institution: str) -> int | None:
    """What an institution may award in each calendar year; None where that was never set. Raises `ValueError`."""
    _known(session, institution)
    row = session.get(AwardBudget, institution)
    return None if row is None else row.year_cents


def budget_of(session: Session, institution: str, year: int, now_ms: int) -> Budget | None:
    """The budget of an institution, or None where it has none."""
    row = session.get(AwardBudget, institution)
    if row is None:
        return None
    return Budget(year, row.year_cents, year_spent(session, institution, year, now_ms))


def _known(session: Session, institution: str) -> None:
    if session.get(Institution, institution) is None:
        raise ValueError(f"There is no institution `{institution}`. Check its name.")
