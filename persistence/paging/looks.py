"""Which rooms the ladder is to look at, and by whom: `room.due_at` says when, and whoever looks puts it off for others.

A room is due at once when it is opened and whenever its card changes: the append that changes it says so. What takes a
look and is killed is followed by another when its lease ends. Every function is one short transaction's work.
"""

from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session, col

from persistence.tables import Room

LEASE_MS: Final = 5_000
AT_ONCE: Final = 20


def waiting(session: Session, now_ms: int) -> list[str]:
    """Rooms that are due, who waits longest first."""
    due = select(col(Room.id)).where(col(Room.due_at) <= now_ms).order_by(col(Room.due_at)).limit(AT_ONCE)
    return list(session.scalars(due))


def claimed(session: Session, room: str, now_ms: int) -> int | None:
    """Until when this look is ours, Unix ms, or None where the room is not due, or another has it."""
    until = now_ms + LEASE_MS
    due = update(Room).where(col(Room.id) == room, col(Room.due_at) <= now_ms).values(due_at=until)
    return session.scalars(due.returning(col(Room.due_at))).first()


def put_off(session: Session, room: str, claim: int, due_at: int | None) -> None:
    """Look again at `due_at`, or never; a room that has changed meanwhile is due already."""
    mine = update(Room).where(col(Room.id) == room, col(Room.due_at) == claim)
    session.execute(mine.values(due_at=due_at))
