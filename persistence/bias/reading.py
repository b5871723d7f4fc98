"""The stands that people took in the cases of a period, read from the log, some cases at a time."""

import asyncio
from typing import Final

import msgspec
from sqlmodel import Session, col, select

from persistence import tables
from persistence.bias.awarded import closed_in
from persistence.bias.products import Products
from persistence.bias.stands import Stand, stands
from persistence.database import Database
from persistence.logbook import folded
from persistence.months import Period
from persistence.observers.tables import Institution
from realtime.ports import Journal

AT_ONCE: Final = 100
"""Cases of a page: their posts are read in one query."""

Texts = list[tuple[str, bytes]]


class _Text(msgspec.Struct):
    """What is read of a post or an amendment."""

    text: str


_texts = msgspec.msgpack.Decoder(_Text)


def declared(session: Session) -> Products:
    """The products that institutions declare now."""
    rows = session.exec(select(Institution.name, Institution.products))
    return Products({name: products.splitlines() for name, products in rows})


async def stands_in(database: Database, journal: Journal, products: Products, period: Period) -> set[Stand]:
    """All stands of cases that were closed in `period`. Only cases that name a product are looked at as a whole.

    Raises `Unavailable`.
    """
    found: set[Stand] = set()
    after = ""
    while products and (rooms := await database.read(lambda sql, after=after: _closed(sql, period, after))):  # type: ignore[misc]
        texts: Texts = await database.read(lambda sql, rooms=rooms: _said(sql, rooms))  # type: ignore[misc]
        for room in await asyncio.to_thread(_naming, texts, products):
            state = await folded(journal, room)
            found |= stands(state, products) if state is not None else frozenset()
        after = rooms[-1]
    return found


def _closed(session: Session, period: Period, after: str) -> list[str]:
    room = tables.Room
    wanted = select(room.id).where(*closed_in(period), col(room.id) > after).order_by(col(room.id)).limit(AT_ONCE)
    return list(session.exec(wanted))


def _said(session: Session, rooms: list[str]) -> Texts:
    """What was posted or amended there; words that were erased are not there."""
    event = tables.Event
    words = (col(event.room).in_(rooms), col(event.kind).in_(("post", "amended")), col(event.body).is_not(None))
    return [(room, body) for room, body in session.exec(select(event.room, event.body).where(*words)) if body]


def _naming(texts: Texts, products: Products) -> list[str]:
    """The rooms in which a product is named."""
    found: set[str] = set()
    for room, body in texts:
        if room not in found and products.named(_texts.decode(body).text):
            found.add(room)
    return sorted(found)
