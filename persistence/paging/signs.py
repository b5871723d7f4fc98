"""When somebody was last seen to do anything: in a room, or at any page of ours."""

from sqlalchemy import func, select
from sqlmodel import Session, col

from persistence.signin.tables import Session as SignedIn
from persistence.tables import Event


def last_sign(session: Session, room: str, person: str) -> int | None:
    """Unix ms, or None where there was none. A page that is open and not touched is no sign of anybody."""
    said = select(func.max(col(Event.at))).where(col(Event.room) == room, col(Event.by) == person)
    active = select(func.max(col(SignedIn.active_at))).where(col(SignedIn.person) == person)
    return max((at for at in (session.scalar(said), session.scalar(active)) if at is not None), default=None)
