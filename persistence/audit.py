"""The audit log: who did what to what, written in batches, never what a patient or a doctor wrote."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from persistence import tables
from persistence.database import Database
from realtime.errors import Unavailable

MOST_WAITING: Final = 10_000
# A commit may wait behind them.
MOST_AT_ONCE: Final = 200
RETRY_S: Final = 1.0

AUDIT: Final = SQLModel.metadata.tables[str(tables.Audit.__tablename__)]

logger = logging.getLogger("curbside.audit")


class AuditLog:
    """Keeps lines in the order of `note`. While the database is away the newest 10,000 wait; `lost` counts the rest."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self.lost = 0
        self._database = database
        self._now_ms = now_ms
        self._waiting: deque[dict[str, Any]] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def note(self, act: str, person: str, room: str = "", detail: str = "") -> None:
        """Keep one line; it is written in a moment."""
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            self.lost += 1
        self._waiting.append({"at": self._now_ms(), "person": person, "act": act, "room": room, "detail": detail})
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def close(self) -> None:
        """Write what waits; while the database is away, say how many lines are lost."""
        self._closing.set()
        if self._writing is not None:
            await self._writing
        try:
            await self._flush()
        except Unavailable:
            logger.error("%d audit lines could not be written", len(self._waiting))

    async def _write(self) -> None:
        try:
            while self._waiting and not self._closing.is_set():
                try:
                    await self._flush()
                except Unavailable:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._closing.wait(), RETRY_S)
        finally:
            self._writing = None

    async def _flush(self) -> None:
        while self._waiting:
            await self._write_one(list(islice(self._waiting, MOST_AT_ONCE)))

    async def _write_one(self, batch: Sequence[dict[str, Any]]) -> None:
        await self._database.write(lambda session: _insert(session, batch))
        # Where too many waited meanwhile, the oldest of the batch have gone already.
        written = {id(line) for line in batch}
        while self._waiting and id(self._waiting[0]) in written:
            self._waiting.popleft()


def _insert(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    # By the table and not the class: the ORM would take several times as long, in the thread that commits.
    session.connection().execute(insert(AUDIT), rows)
