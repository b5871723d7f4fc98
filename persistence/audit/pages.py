"""The links of chains and rooms, read in pages, each with the head as it was in the same moment."""

from functools import partial

import sqlalchemy as sql
from sqlmodel import Session, col, select

from persistence import tables
from persistence.audit import chain
from persistence.audit.tables import Audit, AuditChain, Erased
from persistence.audit.walk import Link, Page
from persistence.database import Database
from persistence.rows import EVENT, records
from realtime.rooms.chain import Head, Record, link, salted

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
    wanted = sql.select(EVENT).where(EVENT.c.room == room, EVENT.c.seq > after).order_by(EVENT.c.seq).limit(PAGE)
    rows = session.connection().execute(wanted).all()
    own = select(Erased).where(col(Erased.room) == room, col(Erased.seq) > after)
    erased = {one.seq: (one.hash, one.left) for one in session.exec(own)}
    head = session.get(tables.Room, room)
    links = [Link(record.seq, record.digest, partial(_linked_event, record)) for record in records(rows, erased)]
    return Page(links, Head(head.seq, head.head) if head is not None else None)


def _linked_event(record: Record, previous: bytes) -> bytes | None:
    """Its digest, with a hash in the place of words that were lawfully erased; None where something else is missing."""
    return link(previous, record) if None not in (record.by, record.author, record.salt_by) and salted(record) else None
