"""Why moderators enter cases that are not open to them: said before, kept, and good for a shift."""

from typing import Final

from sqlmodel import Session, col, select

from persistence import tables as rooms
from persistence.moderation.tables import RoomEntry
from persistence.people import new_id

SHIFT_MS: Final = 8 * 3_600_000


def enter(session: Session, room: str, person: str, reason: str, now_ms: int) -> bool:
    """Keep why this moderator enters `room`; whether there is such a room."""
    if session.get(rooms.Room, room) is None:
        return False
    session.add(RoomEntry(id=new_id(), room=room, person=person, reason=reason, at=now_ms))
    return True


def said_why(session: Session, room: str, person: str, now_ms: int) -> bool:
    """Whether they have said it in this shift."""
    row = RoomEntry
    wanted = select(row.id).where(col(row.room) == room, col(row.person) == person, col(row.at) > now_ms - SHIFT_MS)
    return session.exec(wanted.limit(1)).first() is not None
