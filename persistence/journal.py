"""The journal over either database: `realtime.ports.Journal`. Appends have their own path, all else is one query."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, Final, Union

from sqlalchemy import Integer, Row, Select, bindparam, select, tuple_

from persistence.database import Database
from persistence.gather import Gather
from persistence.journal_sqlite import SqliteLog
from persistence.log import AnswerLost, Log
from persistence.rows import ERASED, EVENT, ROOM, card, records
from persistence.sqlite import Sqlite
from realtime.errors import Unavailable
from realtime.ports import Append
from realtime.rooms.card import Card
from realtime.rooms.chain import EMPTY, Head, Record

if TYPE_CHECKING:
    from persistence.postgres import Postgres

LOOK_UP_S: Final = 3.0


def open_journal(database: Union[Sqlite, "Postgres"]) -> "SqlJournal":
    """The journal in `database`. Nothing is connected yet; close the journal before the database."""
    if isinstance(database, Sqlite):
        return SqlJournal(database, SqliteLog(database))
    from persistence.journal_postgres import PostgresLog

    return SqlJournal(database, PostgresLog(database))


class SqlJournal:
    """The log of all rooms. Every method may raise `Unavailable`, each within a bounded time."""

    def __init__(self, database: Database, log: Log) -> None:
        self._database = database
        self._log = log
        self._unanswered: Gather[Append, bool] = Gather(self._landed)

    async def append(self, wish: Append) -> None:
        if not wish.records or (wish.after == EMPTY and wish.card is None):
            raise ValueError("an append has records, and the first one of a room its card")
        try:
            await self._log.append(wish)
        except AnswerLost as lost:
            try:
                async with asyncio.timeout(LOOK_UP_S):
                    landed = await self._unanswered(wish)
            except TimeoutError:
                landed = False
            if not landed:
                raise Unavailable() from lost

    def turn(self, room: str, known: Callable[[], Head]) -> AbstractAsyncContextManager[Sequence[Record]]:
        return self._log.turn(room, known)

    async def records(self, room: str, after: int, limit: int) -> list[Record]:
        return await self._records(_RECORDS, room=room, after=after, limit=limit)

    async def newest(self, room: str, limit: int) -> list[Record]:
        return (await self._records(_NEWEST, room=room, limit=limit))[::-1]

    async def lookup(self, room: str, ids: Sequence[str]) -> dict[str, Record]:
        return {record.id: record for record in await self._records(_LOOKUP, room=room, ids=ids)}

    async def heads(self, rooms: Sequence[str]) -> dict[str, Head]:
        return {room: Head(seq, digest) for room, seq, digest in await self._rows(_HEADS, rooms=rooms)}

    async def card(self, room: str) -> Card | None:
        found = await self._rows(_CARD, room=room)
        return card(found[0][0]) if found else None

    async def cards_touched(self, since_ms: int) -> list[Card]:
        return [card(stored) for (stored,) in await self._rows(_TOUCHED, since=since_ms)]

    async def close(self) -> None:
        """Return when all that was begun has ended."""
        await self._log.close()
        await self._unanswered.close()

    async def _landed(self, wishes: list[Append]) -> list[bool]:
        """Whether each of these is on disk after all: the same digest stands at its last place."""
        places = [(wish.room, wish.head.seq) for wish in wishes]
        found = {(room, digest) for room, digest in await self._rows(_LANDED, places=places)}
        return [(wish.room, wish.head.digest) in found for wish in wishes]

    async def _records(self, query: Select[*tuple[Any, ...]], *, room: str, **values: object) -> list[Record]:
        rows = await self._rows(query, room=room, **values)
        if all(row.body is not None for row in rows):
            return records(rows)
        erased = {seq: (hash_, left) for seq, hash_, left in await self._rows(_ERASED, room=room)}
        return records(rows, erased)

    async def _rows(self, query: Select[*tuple[Any, ...]], **values: object) -> Sequence[Row[*tuple[Any, ...]]]:
        return await self._database.read(lambda session: session.connection().execute(query, values).all())


# Built once: building a query costs as much as running it.
_RECORDS: Final = (
    select(EVENT)
    .where(EVENT.c.room == bindparam("room"), EVENT.c.seq > bindparam("after"))
    .order_by(EVENT.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
_NEWEST: Final = (
    select(EVENT)
    .where(EVENT.c.room == bindparam("room"))
    .order_by(EVENT.c.seq.desc())
    .limit(bindparam("limit", type_=Integer))
)
_LOOKUP: Final = select(EVENT).where(
    EVENT.c.room == bindparam("room"), EVENT.c.id.in_(bindparam("ids", expanding=True))
)
_ERASED: Final = select(ERASED.c.seq, ERASED.c.hash, ERASED.c.left).where(ERASED.c.room == bindparam("room"))
_HEADS: Final = select(ROOM.c.id, ROOM.c.seq, ROOM.c.head).where(ROOM.c.id.in_(bindparam("rooms", expanding=True)))
_CARD: Final = select(ROOM.c.card).where(ROOM.c.id == bindparam("room"))
_TOUCHED: Final = (
    select(ROOM.c.card).where(ROOM.c.touched_at >= bindparam("since")).order_by(ROOM.c.touched_at, ROOM.c.id)
)
_LANDED: Final = select(EVENT.c.room, EVENT.c.digest).where(
    tuple_(EVENT.c.room, EVENT.c.seq).in_(bindparam("places", expanding=True))
)
