"""Reading the audit out: lines in the order of time, in pages, as CSV or FHIR."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from persistence.audit.tables import Audit
from persistence.database import Database

PAGE: Final = 500
COLUMNS: Final = tuple(Audit.model_fields)

Place = tuple[int, str, int]


class Wanted(NamedTuple):
    """Which lines: from `since_ms` on, before `until_ms`, of this room and person, where they are given."""

    since_ms: int | None = None
    until_ms: int | None = None
    room: str | None = None
    person: str | None = None


async def lines(database: Database, wanted: Wanted) -> AsyncIterator[Sequence[Audit]]:
    """Pages of the lines that are wanted, oldest first. Raises `Unavailable`."""
    after: Place = (wanted.since_ms or 0, "", 0)
    while page := await database.read(partial(_page, wanted, after)):
        yield page
        last = page[-1]
        after = (last.at, last.chain, last.number)


def as_csv(rows: Sequence[Audit], *, header: bool = False) -> str:
    """Lines of CSV (RFC 4180), the names of the columns first where asked for."""
    text = io.StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow(COLUMNS)
    writer.writerows([_cell(getattr(row, name)) for name in COLUMNS] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    """What a spreadsheet would take for a formula is quoted (OWASP, CSV injection)."""
    if isinstance(value, bytes):
        return value.hex()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _page(wanted: Wanted, after: Place, session: Session) -> Sequence[Audit]:
    place = tuple_(col(Audit.at), col(Audit.chain), col(Audit.number))
    query = select(Audit).where(place > after).order_by(col(Audit.at), col(Audit.chain), col(Audit.number))
    if wanted.until_ms is not None:
        query = query.where(col(Audit.at) < wanted.until_ms)
    if wanted.room is not None:
        query = query.where(col(Audit.room) == wanted.room)
    if wanted.person is not None:
        query = query.where(col(Audit.person) == wanted.person)
    return session.exec(query.limit(PAGE)).all()
