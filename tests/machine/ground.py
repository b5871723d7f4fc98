"""What the nodes of a machine stand on: one database, open over all examples, and what carries between them."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

import asyncpg
from sqlalchemy import delete, update
from sqlmodel import Session

from drill.servers import Redis
from persistence.database import Database, open_database
from persistence.journal import SqlJournal, open_journal
from persistence.journal_sqlite import SqliteLog
from persistence.log import Log
from persistence.migrate import upgrade
from persistence.postgres import Postgres
from persistence.rows import EVENT, ROOM, card_values
from persistence.sqlite import Sqlite
from realtime.backplane.base import Backplane
from realtime.backplane.memory import MemoryBackplane, MemoryBus
from realtime.backplane.open import open_backplane
from realtime.ports import Append
from realtime.rooms.chain import Record, event_of
from realtime.rooms.fold import replay
from tests.machine.unruly import UnrulyJournal, UnrulyLog

NODES: Final = 3
PATIENCE_S: Final = 10.0
ALL: Final = 100_000


class Ground(ABC):
    """A journal for each node, each with connections of its own, and one to witness what is on disk."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._open: list[Sqlite | Postgres] = []
        self.journals: list[UnrulyJournal] = []

    async def begin(self) -> Self:
        """Open everything, on the loop that will use it."""
        self._database = self._opened()
        await upgrade(self._database)
        self._witness: SqlJournal = open_journal(self._database)
        self.journals = [self._journal() for _ in range(NODES)]
        return self

    async def end(self) -> None:
        """Close everything."""
        for journal in (*self.journals, self._witness):
            await journal.close()
        for database in self._open:
            await database.close()

    async def records(self, room: str) -> list[Record]:
        """All of a room that is on disk."""
        return await self._witness.records(room, 0, ALL)

    async def go_back(self, room: str, records: Sequence[Record]) -> None:
        """Leave of a room only these, the first that it has: as a backup does that is restored."""
        last = records[-1]
        state = replay(map(event_of, records))
        assert state is not None
        columns = card_values(Append(room, last.head, [last], state.card))

        def leave(session: Session) -> None:
            connection = session.connection()
            moved = {"seq": last.seq, "head": last.digest, **columns}
            connection.execute(update(ROOM).where(ROOM.c.id == room).values(moved))
            connection.execute(delete(EVENT).where(EVENT.c.room == room, EVENT.c.seq > last.seq))

        await self._database.write(leave)

    @abstractmethod
    def fresh(self) -> None:
        """Nothing is carried any more that was published before."""

    @abstractmethod
    def backplane(self) -> Backplane:
        """The backplane of one more node."""

    @abstractmethod
    async def carried(self, backplanes: Sequence[Backplane]) -> None:
        """Return when what was published has arrived."""

    @abstractmethod
    async def cut(self) -> None:
        """Break every connection between the nodes and what they stand on; what can be, is made anew."""

    @abstractmethod
    def log(self, database: Sqlite | Postgres) -> Log:
        """The append path of a database."""

    def _journal(self) -> UnrulyJournal:
        database = self._opened()
        return UnrulyJournal(database, UnrulyLog(self.log(database)))

    def _opened(self) -> Sqlite | Postgres:
        database = open_database(self._url)
        self._open.append(database)
        return database


class OnSqlite(Ground):
    """SQLite in a file, and the backplane in memory."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"sqlite:///{folder / 'machine.db'}")
        self._bus = MemoryBus()

    def fresh(self) -> None:
        self._bus = MemoryBus()

    def backplane(self) -> Backplane:
        return MemoryBackplane(self._bus)

    async def carried(self, backplanes: Sequence[Backplane]) -> None:
        await asyncio.sleep(0)

    async def cut(self) -> None:
        self._bus.cut()
        await asyncio.sleep(0)
        self._bus.mend()

    def log(self, database: Database) -> Log:
        assert isinstance(database, Sqlite)
        return SqliteLog(database)


async def _carries(backplane: Backplane) -> None:
    """Return once a probe has come back: while a line is made anew, none does."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not await backplane.probe(1):
        assert time.monotonic() < deadline_s, "the backplane does not come back"
        await asyncio.sleep(0.01)


class OnServers(Ground):
    """A real PostgreSQL and a real Redis."""

    def __init__(self, url: str, redis: Redis) -> None:
        super().__init__(url)
        self._redis = redis

    def fresh(self) -> None:
        return

    def backplane(self) -> Backplane:
        return open_backplane(self._redis.url)

    async def carried(self, backplanes: Sequence[Backplane]) -> None:
        # Redis does one thing after another: behind a node's own probe, everything is through that it published; and
        # behind the second, everything has come that others published before the first.
        for _ in range(2):
            await asyncio.gather(*map(_carries, backplanes))

    async def cut(self) -> None:
        for kind in ("pubsub", "normal"):
            self._redis.answer(f"CLIENT KILL TYPE {kind}")
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'curbside%'"
        connection = await asyncpg.connect(self._url)
        try:
            await connection.execute(others)
        finally:
            with suppress(OSError):
                await connection.close()

    def log(self, database: Database) -> Log:
        from persistence.journal_postgres import PostgresLog

        assert isinstance(database, Postgres)
        return PostgresLog(database)
