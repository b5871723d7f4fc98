"""Who observed a case, for its presenter: institutions and what was shown to them, never which person it was."""

from typing import Final

import msgspec
from sqlmodel import Session, col, select

from persistence.observers import tables
from persistence.observers.stretches import REPORT_MS

MOST_RANGES: Final = 200
MOST_ROWS: Final = 20_000
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


def observed(session: Session, room: str, now_ms: int) -> list[Observed]:
    """By institution, those of the newest ranges first. `exported`: pages were taken over HTTP, to be kept."""
    table = tables.Stretch
    wanted = select(table).where(table.room == room).order_by(col(table.began_at).desc()).limit(MOST_ROWS)
    by_name: dict[str, list[tables.Stretch]] = {}
    for row in session.exec(wanted):
        by_name.setdefault(row.institution, []).append(row)
    return [_observed(session, name, rows, now_ms) for name, rows in by_name.items()]


def _observed(session: Session, name: str, rows: list[tables.Stretch], now_ms: int) -> Observed:
    newest = rows[0]
    agreement = session.get(tables.Agreement, (name, newest.agreement))
    return Observed(
        institution=name,
        kind=newest.kind,
        purposes=agreement.uses.split() if agreement is not None else [],
        agreement=newest.agreement,
        people=len({row.person for row in rows}),
        now=len({row.person for row in rows if _ended_at(row, now_ms) is None}),
        ranges=[
            Range(row.after, row.upto, row.began_at, _ended_at(row, now_ms), row.way != "stream")
            for row in rows[:MOST_RANGES]
        ],
        exported=any(row.way != "stream" for row in rows),
    )


def _ended_at(row: tables.Stretch, now_ms: int) -> int | None:
    """When a stretch ended; None while it goes on. Of a node that died: when it last said how far it was."""
    if row.ended_at is None and row.listened_until <= now_ms - ALIVE_MS:
        return row.listened_until
    return row.ended_at
