"""Who observed a case, for its presenter: institutions and what was shown to them, never which person it was."""

from typing import Final

import msgspec
from sqlmodel import Session, col, select

from persistence.observers import tables

MOST_RANGES: Final = 200
MOST_ROWS: Final = 20_000


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


def observed(session: Session, room: str) -> list[Observed]:
    """By institution, those of the newest ranges first. `exported`: pages were taken over HTTP, to be kept."""
    table = tables.Stretch
    wanted = select(table).where(table.room == room).order_by(col(table.began_at).desc()).limit(MOST_ROWS)
    by_name: dict[str, list[tables.Stretch]] = {}
    for row in session.exec(wanted):
        by_name.setdefault(row.institution, []).append(row)
    return [_observed(session, name, rows) for name, rows in by_name.items()]


def _observed(session: Session, name: str, rows: list[tables.Stretch]) -> Observed:
    newest = rows[0]
    agreement = session.get(tables.Agreement, (name, newest.agreement))
    return Observed(
        institution=name,
        kind=newest.kind,
        purposes=agreement.uses.split() if agreement is not None else [],
        agreement=newest.agreement,
        people=len({row.person for row in rows}),
        now=len({row.person for row in rows if row.ended_at is None}),
        ranges=[
            Range(row.after, row.upto, row.began_at, row.ended_at, row.way != "stream") for row in rows[:MOST_RANGES]
        ],
        exported=any(row.way != "stream" for row in rows),
    )
