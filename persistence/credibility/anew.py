"""Scoring everything from nothing: what comes of it is what was there, unless it was wrong."""

from sqlmodel import Session, col, delete, update

from persistence import tables
from persistence.credibility.tables import Credibility, ScoredItem


def forget(session: Session) -> int:
    """Have nothing scored, and all that can be to be scored: every case. How many cases that are.

    The cases come first: that waits for the workers who are at one, and keeps others off. Else an item that is added
    meanwhile would stay without its sum, and scoring its case anew would find nothing to change.
    """
    room = tables.Room
    cases = session.execute(update(room).values(rescore_at=0).returning(col(room.id))).all()
    session.exec(delete(ScoredItem))
    session.exec(delete(Credibility))
    return len(cases)
