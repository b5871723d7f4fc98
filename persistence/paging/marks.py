"""What the devices of people have said of a case's pages."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from persistence.moderation.tables import Notice
from realtime.rooms.paging.progress import Mark

Marks = Mapping[tuple[str, str], Mark]


def marks(session: Session, room: str) -> Marks:
    """By the event that rang, and the person."""
    columns = (col(Notice.id), col(Notice.person), col(Notice.delivered_at), col(Notice.seen_at))
    rows = session.execute(select(*columns).where(col(Notice.room) == room, col(Notice.kind) == "page"))
    return {(id, person): Mark(delivered_at, seen_at) for id, person, delivered_at, seen_at in rows}
