"""Stretches on record: many begin as one insert, and many report at once, together with what was listened to."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import Session, SQLModel, col, select

from persistence.observers import tables
from realtime.observing import Stretch

REPORT_MS: Final = 60_000
"""A node says so often how far its stretches are."""
STRETCH: Final = SQLModel.metadata.tables[str(tables.Stretch.__tablename__)]
INSTITUTION: Final = SQLModel.metadata.tables[str(tables.Institution.__tablename__)]
_REPORT: Final = (
    update(STRETCH)
    .where(STRETCH.c.id == bindparam("of"))
    .values(upto=bindparam("shown"), listened_until=bindparam("until"), ended_at=bindparam("ended"))
)


class Report(msgspec.Struct, frozen=True):
    """How far a stretch is: events to `upto`, listened to until `until_ms`, which is its end where `ended`."""

    stretch: Stretch
    upto: int
    until_ms: int
    ended: bool


def begun(session: Session, stretches: Sequence[Stretch]) -> None:
    """Put stretches on record that begin now."""
    # By the table and not the class: the ORM would take several times as long, in the thread that commits.
    session.connection().execute(insert(STRETCH), [_row(stretch) for stretch in stretches])


def reported(session: Session, reports: Sequence[Report]) -> None:
    """Put on record how far these stretches are; a report that is repeated adds nothing to what was listened to."""
    ids = [report.stretch.id for report in reports]
    were = session.connection().execute(select(STRETCH.c.id, STRETCH.c.listened_until).where(STRETCH.c.id.in_(ids)))
    until = {row.id: row.listened_until for row in were}
    listened: dict[str, int] = {}
    for report in reports:
        name = report.stretch.permit.institution
        more_ms = max(0, report.until_ms - until.get(report.stretch.id, report.until_ms))
        listened[name] = listened.get(name, 0) + more_ms
    session.connection().execute(_REPORT, [_values(report) for report in reports])
    for name, more_ms in sorted(listened.items()):
        used = INSTITUTION.c.used_ms
        session.connection().execute(
            update(INSTITUTION).where(INSTITUTION.c.name == name).values(used_ms=used + more_ms)
        )


def held(session: Session, node: str, seats: dict[str, tuple[int, int]], now_ms: int, forget_ms: int) -> None:
    """Say what `node` holds of each plan; what was said before `forget_ms` is forgotten."""
    table = tables.SeatsHeld
    session.execute(delete(table).where((col(table.at) < forget_ms) | (col(table.node) == node)))
    session.add_all(
        tables.SeatsHeld(node=node, institution=name, seats=count, unreported_ms=unreported_ms, at=now_ms)
        for name, (count, unreported_ms) in seats.items()
    )


def _row(stretch: Stretch) -> dict[str, Any]:
    return {
        "id": stretch.id,
        "person": stretch.person,
        "institution": stretch.permit.institution,
        "kind": stretch.permit.kind,
        "agreement": stretch.permit.agreement,
        "room": stretch.room,
        "way": stretch.way,
        "after": stretch.after,
        "upto": stretch.after,
        "began_at": stretch.began_ms,
        "listened_until": stretch.began_ms,
        "ended_at": None,
    }


def _values(report: Report) -> dict[str, Any]:
    return {
        "of": report.stretch.id,
        "shown": report.upto,
        "until": report.until_ms,
        "ended": report.until_ms if report.ended else None,
    }
