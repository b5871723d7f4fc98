"""Pictures in the database: adding one, looking at it, finding those that may be posted, removing it."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlmodel import Session, col, delete, func, select

from persistence import tables
from persistence.database import Database
from persistence.pictures.tables import Picture as Row
from realtime.rooms.events import Posted, decoded
from realtime.rooms.pictures import Picture

KEPT_MS: Final = 24 * 3_600_000
"""For so long a picture that no post has is kept."""
POSTABLE_MS: Final = KEPT_MS - 3_600_000
"""For so long it may be posted: what is about to be removed is no longer."""


class BroughtPictures:
    """Pictures that may be posted: `realtime.ports.Pictures`. `now_ms` is Unix time."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms

    async def known(self, room: str, person: str, pictures: Sequence[str]) -> list[Picture]:
        since = self._now_ms() - POSTABLE_MS
        return await self._database.read(lambda sql: postable(sql, room, person, pictures, since))


def postable(sql: Session, room: str, person: str, pictures: Sequence[str], since: int) -> list[Picture]:
    """Those of these that `person` has brought into `room`, at or after `since` (Unix ms), and looked at."""
    wanted = select(Row).where(
        col(Row.id).in_(pictures),
        Row.room == room,
        Row.person == person,
        col(Row.checked_at).is_not(None),
        Row.created_at >= since,
    )
    return [picture(row) for row in sql.exec(wanted)]


def picture(row: Row) -> Picture:
    """What the log keeps of it."""
    return Picture(id=row.id, type=row.type, width=row.width, height=row.height, bytes=row.bytes, sha256=row.sha256)


def unsettled(sql: Session, person: str) -> int:
    """How many pictures `person` has brought within a day: the worker has not looked for their posts yet."""
    wanted = select(func.count()).select_from(Row).where(Row.person == person, col(Row.event).is_(None))
    return sql.exec(wanted).one()


def brought(sql: Session, room: str, person: str, name: str) -> Row | None:
    """The picture `name`, if `person` has brought it into `room`."""
    wanted = select(Row).where(Row.id == name, Row.room == room, Row.person == person)
    return sql.exec(wanted).first()


def checked(sql: Session, room: str, person: str, name: str, now_ms: int) -> Row | None:
    """The picture once it is noted that its bringer has looked at it, the first time; None where there is none."""
    row = brought(sql, room, person, name)
    if row is not None and row.checked_at is None:
        row.checked_by, row.checked_at = person, now_ms
        sql.add(row)
    return row


def removed(sql: Session, names: Sequence[str]) -> None:
    """Forget these pictures, if no post is known to have them."""
    sql.connection().execute(delete(Row).where(col(Row.id).in_(names), col(Row.event).is_(None)))


def erased(sql: Session, names: Sequence[str]) -> None:
    """Forget these pictures, whatever post had them."""
    sql.connection().execute(delete(Row).where(col(Row.id).in_(names)))


def of_event(sql: Session, room: str, seq: int) -> list[str]:
    """The pictures of the post at `seq`, as long as its words are there."""
    row = sql.get(tables.Event, (room, seq))
    if row is None or row.kind != "post" or row.body is None:
        return []
    body = decoded("post", row.body)
    return list(body.images) if isinstance(body, Posted) else []
