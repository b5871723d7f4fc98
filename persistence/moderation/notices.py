"""Notices in the journal: made once, found by person, marked as delivered and seen."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from persistence.insert import insert_new
from persistence.moderation.tables import Notice as Row
from realtime.rooms.notices import How, Notice, NoticeEnd

KEPT_MS: Final = 30 * 24 * 3_600_000
"""What nobody has looked at for 30 days is told to nobody any more."""
MOST_AT_ONCE: Final = 500


def notify(session: Session, notices: Iterable[Notice]) -> None:
    """Make these notices; one that its person has already is not made again."""
    rows = {(notice.id, notice.person): _row(notice) for notice in notices}
    insert_new(session, Row, list(rows.values()), ("id", "person"))


def unseen(session: Session, people: Sequence[str], now_ms: int) -> list[Notice]:
    """What these people have not seen, the oldest first."""
    found: list[Row] = []
    for start in range(0, len(people), MOST_AT_ONCE):
        of_people = col(Row.person).in_(people[start : start + MOST_AT_ONCE])
        wanted = select(Row).where(
            of_people, col(Row.seen_at).is_(None), col(Row.ended).is_(None), col(Row.at) > now_ms - KEPT_MS
        )
        found += session.execute(wanted).scalars()
    return told(found)


def mark(session: Session, marks: Sequence[tuple[str, str, How]], now_ms: int) -> None:
    """Note what people have got or seen: (notice, person, how). Marks of what there is not change nothing."""
    # In one order: two that mark at once wait for each other at most once.
    for notice, person, how in sorted(marks):
        column = Row.delivered_at if how == "delivered" else Row.seen_at
        mine = (col(Row.id) == notice, col(Row.person) == person, col(column).is_(None))
        values: dict[str, Any] = {"delivered_at" if how == "delivered" else "seen_at": now_ms, "touched_at": now_ms}
        values["change"] = None
        session.execute(update(Row).where(*mine).values(**values))


def end(session: Session, room: str, page: str, why: NoticeEnd, now_ms: int) -> list[str]:
    """Let nobody be told of a page any more, and who was that they need not look: those are returned."""
    return _end(session, (col(Row.room) == room, col(Row.page) == page), why, now_ms)


def end_answered(session: Session, room: str, page: str, person: str, at: int, now_ms: int) -> list[str]:
    """End what a person was told of a page up to when they answered it."""
    mine = (col(Row.room) == room, col(Row.page) == page, col(Row.person) == person, col(Row.at) <= at)
    return _end(session, mine, "over", now_ms)


def _end(session: Session, those: Sequence[ColumnElement[bool]], why: NoticeEnd, now_ms: int) -> list[str]:
    values: dict[str, Any] = {"ended": why, "touched_at": now_ms, "change": None}
    open_ = update(Row).where(*those, col(Row.ended).is_(None)).values(**values)
    return list(session.execute(open_.returning(col(Row.person))).scalars())


def told(rows: Iterable[Row]) -> list[Notice]:
    """What these rows say, the oldest first."""
    return [_notice(row) for row in sorted(rows, key=lambda row: (row.at, row.id))]


def _row(notice: Notice) -> dict[str, Any]:
    given = msgspec.structs.asdict(notice)
    del given["delivered"], given["seen"]
    return {**given, "route_at": notice.at, "touched_at": notice.at}


def _notice(row: Row) -> Notice:
    given = {name: getattr(row, name) for name in Notice.__struct_fields__ if name not in ("delivered", "seen")}
    return msgspec.convert(
        {**given, "delivered": row.delivered_at is not None, "seen": row.seen_at is not None}, Notice
    )
