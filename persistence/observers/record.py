"""Who observed a case, for its presenter: institutions and what was shown to them, never which person it was."""

from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Select, case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from persistence.observers import tables
from persistence.observers.stretches import REPORT_MS

MOST_RANGES: Final = 200
ALIVE_MS: Final = 2 * REPORT_MS
"""A stretch of which nothing was reported for so long ended with its node."""


class Range(msgspec.Struct, frozen=True):
    """Events `after` + 1 to `upto`, shown from `began_at` to `ended_at` (Unix ms), which is None while it goes on."""

    after: int
    upto: int
    began_at: int
    ended_at: int | None
    exported: bool


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What an institution was shown of one case, the newest ranges first, at most 200. `now`: how many sit there."""

    institution: str
    kind: str
    purposes: list[str]
    agreement: int
    people: int
    now: int
    ranges: list[Range]
    exported: bool


class Sum(NamedTuple):
    """How many people of an institution were shown anything, how many sit there now, and how many exports there are."""

    institution: str
    people: int
    now: int
    exports: int


def observed(session: Session, room: str, now_ms: int) -> list[Observed]:
    """By institution, those of the newest ranges first. `exported`: pages were taken over HTTP, to be kept."""
    # The sums first: who begins in between has ranges and is left out, not the other way round.
    sums = [Sum(*row) for row in session.execute(_sums(room, now_ms))]
    ranges: dict[str, list[tables.Stretch]] = {}
    for row in session.exec(_newest(room)):
        ranges.setdefault(row.institution, []).append(row)
    return [_observed(session, one, ranges[one.institution], now_ms) for one in sums]


def _sums(room: str, now_ms: int) -> Select[str, int, int, int]:
    """The `Sum` of each institution."""
    row = tables.Stretch
    here = case((col(row.ended_at).is_(None) & (col(row.listened_until) > now_ms - ALIVE_MS), col(row.person)))
    exports = case((col(row.way) != "stream", 1))
    counts = (func.count(col(row.person).distinct()), func.count(here.distinct()), func.count(exports))
    sums = columns(col(row.institution), *counts).where(col(row.room) == room).group_by(col(row.institution))
    return sums.order_by(func.max(col(row.began_at)).desc(), col(row.institution))


def _newest(room: str) -> SelectOfScalar[tables.Stretch]:
    """The newest stretches of each institution, the newest first."""
    row = tables.Stretch
    newest_first = (col(row.began_at).desc(), col(row.id))
    place = func.row_number().over(partition_by=col(row.institution), order_by=newest_first)
    placed = columns(col(row.id), place.label("place")).where(col(row.room) == room).subquery()
    wanted = select(row).join(placed, placed.c.id == col(row.id)).where(placed.c.place <= MOST_RANGES)
    return wanted.order_by(*newest_first)


def _observed(session: Session, one: Sum, rows: list[tables.Stretch], now_ms: int) -> Observed:
    newest = rows[0]
    agreement = session.get(tables.Agreement, (one.institution, newest.agreement))
    return Observed(
        institution=one.institution,
        kind=newest.kind,
        purposes=agreement.uses.split() if agreement is not None else [],
        agreement=newest.agreement,
        people=one.people,
        now=one.now,
        ranges=[Range(row.after, row.upto, row.began_at, _ended_at(row, now_ms), row.way != "stream") for row in rows],
        exported=bool(one.exports),
    )


def _ended_at(row: tables.Stretch, now_ms: int) -> int | None:
    """When a stretch ended; None while it goes on. Of a node that died: when it last said how far it was."""
    if row.ended_at is None and row.listened_until <= now_ms - ALIVE_MS:
        return row.listened_until
    return row.ended_at
