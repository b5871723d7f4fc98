"""The closed cases whose presenter has yet to say how they turned out."""

from typing import Final

from sqlmodel import Session, col, select

from persistence import tables
from persistence.rows import card
from realtime.rooms.card import Card

MOST: Final = 100


def owed_by(session: Session, person: str) -> list[Card]:
    """The last hundred of those cases that are `person`'s, the one that was closed last first."""
    room = tables.Room
    wanted = select(room.card).where(col(room.owed_by) == person)
    return [card(row) for row in session.exec(wanted.order_by(col(room.closed_at).desc()).limit(MOST))]
