"""Whom pages interrupted, and how often lately."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, delete, select

from persistence.insert import insert_new
from persistence.moderation.tables import Notice
from persistence.reach.tables import Interruption

HOUR_MS: Final = 3_600_000
KEPT_MS: Final = 24 * HOUR_MS


def interrupted(session: Session, people: Iterable[str], page: str, at: int) -> None:
    """Note that `page` interrupts these people. Who was interrupted by it already is counted once, as of then."""
    # In one order: two that note at once wait for each other at most once.
    rows = [{"page": page, "person": person, "at": at} for person in sorted(set(people))]
    insert_new(session, Interruption, rows, ("page", "person"))


def lately(session: Session, now_ms: int) -> dict[str, int]:
    """How often each person was interrupted within the last hour; those who were."""
    wanted = select(Interruption.person, func.count()).where(_recent(now_ms)).group_by(Interruption.person)
    return dict(session.exec(wanted).all())


def unseen_pages(session: Session, now_ms: int) -> dict[str, int]:
    """How many pages of the last hour each person has not seen yet; those who have any."""
    mine = (col(Notice.person) == col(Interruption.person)) & (col(Notice.page) == col(Interruption.page))
    wanted = select(Interruption.person, func.count(func.distinct(Interruption.page))).join(Notice, mine)
    open_ones = wanted.where(_recent(now_ms), col(Notice.seen_at).is_(None)).group_by(Interruption.person)
    return dict(session.exec(open_ones).all())


def forget_old(session: Session, now_ms: int) -> None:
    """Forget interruptions of more than a day ago: they count for an hour."""
    session.execute(delete(Interruption).where(col(Interruption.at) <= now_ms - KEPT_MS))


def _recent(now_ms: int) -> ColumnElement[bool]:
    return col(Interruption.at) > now_ms - HOUR_MS
