"""Scoring everything from nothing: what comes of it is what was there, unless it was wrong."""

from sqlmodel import Session, col, delete, update

from persistence import tables
from persistence.credibility.tables import Credibility, ScoredItem


def forget(session: Session) -> int:
    """Have nothing scored, and all that can be to be scored: every case. How many cases that are."""
    session.exec(delete(ScoredItem))
    session.exec(delete(Credibility))
    room = tables.Room
    return len(session.execute(update(room).values(rescore_at=0).returning(col(room.id))).all())
