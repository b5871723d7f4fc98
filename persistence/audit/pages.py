"""The links of chains and rooms, read in pages, each with the head as it was in the same moment."""

from functools import partial

from sqlmodel import Session, col, select

from persistence import tables
from persistence.audit import chain
from persistence.audit.tables import Audit, AuditChain, Erased
from persistence.audit.walk import Link, Page
from persistence.database import Database
from realtime.rooms.chain import SALT_BYTES, Head, Record, link_by_hashes

PAGE = 500


class Pages:
    """Reads from `database`. Raises `Unavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lines(self, name: str, after: int) -> Page:
        """Lines of an audit chain."""
        return await self._database.read(partial(_lines, name, after))

    async def events(self, room: str, after: int) -> Page:
        """Events of a room."""
        return await self._database.read(partial(_events, room, after))


def _lines(name: str, after: int, session: Session) -> Page:
    wanted = select(Audit).where(col(Audit.chain) == name, col(Audit.number) > after)
    rows = session.exec(wanted.order_by(col(Audit.number)).limit(PAGE)).all()
    head = session.get(AuditChain, name)
    links = [Link(row.number, row.digest, partial(_linked_line, row)) for row in rows]
    return Page(links, Head(head.number, head.digest) if head is not None else None)


def _linked_line(row: Audit, previous: bytes) -> bytes:
    return chain.link(previous, chain.Line(*(getattr(row, name) for name in chain.Line._fields)))


def _events(room: str, after: int, session: Session) -> Page:
    event = tables.Event
    wanted = select(event).where(col(event.room) == room, col(event.seq) > after).order_by(col(event.seq)).limit(PAGE)
    rows = session.exec(wanted).all()
    own = (col(Erased.room) == room, col(Erased.seq) > after)
    erased = {one.seq: one for one in session.exec(select(Erased).where(*own)).all()} if rows else {}
    head = session.get(tables.Room, room)
    links = [Link(row.seq, row.digest, partial(_linked_event, row, erased.get(row.seq))) for row in rows]
    return Page(links, Head(head.seq, head.head) if head is not None else None)


def _linked_event(row: tables.Event, erased: Erased | None, previous: bytes) -> bytes | None:
    """Its digest, with a hash in the place of what was lawfully erased; None where something else is missing."""
    hashes = _by_hash(row, erased), _body_hash(row, erased)
    return None if None in hashes else link_by_hashes(previous, row, *hashes)  # type: ignore[arg-type]


def _by_hash(row: tables.Event, erased: Erased | None) -> bytes | None:
    if row.salt_by is None or row.by is None or row.author is None:
        return erased.by_hash if erased is not None else None
    return _record(row).by_hash if len(row.salt_by) == SALT_BYTES else None


def _body_hash(row: tables.Event, erased: Erased | None) -> bytes | None:
    if row.salt_body is None or row.body is None:
        return erased.body_hash if erased is not None else None
    return _record(row).body_hash if len(row.salt_body) == SALT_BYTES else None


def _record(row: tables.Event) -> Record:
    return Record(*(getattr(row, name) for name in Record.__struct_fields__))
