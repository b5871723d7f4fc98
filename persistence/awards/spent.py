"""What a payer has given away, as its budget and its caps count it: an award that came to nothing does not."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from persistence.awards.tables import COURSE, Award, AwardCourse


def year_spent(session: Session, payer: str, year: int, now_ms: int) -> int:
    """Cents that count for a calendar year."""
    return _spent(session, now_ms, col(Award.payer) == payer, col(Award.year) == year)


def case_spent(session: Session, payer: str, room: str, now_ms: int) -> int:
    """Cents that count for one case."""
    return _spent(session, now_ms, col(Award.payer) == payer, col(Award.room) == room)


def _spent(session: Session, now_ms: int, *of: ColumnElement[bool]) -> int:
    """An award that is void counts until its payer is told: the sum would tell them before."""
    course = AwardCourse
    counts = (
        or_(col(course.void).is_(None), col(course.void_at) > now_ms),
        or_(col(course.answer).is_(None), col(course.answer) != "decline"),
    )
    wanted = select(func.coalesce(func.sum(Award.cents), 0)).join(course, COURSE).where(*of, *counts)
    return int(session.exec(wanted).one())
