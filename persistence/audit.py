"""The audit log: who did what to what, written in batches, never what a patient or a doctor wrote."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from sqlmodel import Session, insert

from persistence import tables
from persistence.database import Database
from realtime.errors import Unavailable

MOST_WAITING: Final = 10_000
MOST_AT_ONCE: Final = 500
RETRY_S: Final = 1.0

logger = logging.getLogger("curbside.audit")


class AuditLog:
    """Keeps lines in the order of `note`. While the database is away the newest 10,000 wait; `lost` counts the rest."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self.lost = 0
        self._database = database
        self._now_ms = now_ms
        self._waiting: deque[dict[str, Any]] = deque()
        self._writing: asyncio.Task[None] | None = None

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
        if self._writing is not None:
            self._writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._writing
        try:
            await self._flush()
        except Unavailable:
            logger.error("%d audit lines could not be written", len(self._waiting))

    async def _write(self) -> None:
        try:
            while self._waiting:
                try:
                    await self._flush()
                except Unavailable:
                    await asyncio.sleep(RETRY_S)
        finally:
            self._writing = None

    async def _flush(self) -> None:
        while self._waiting:
            batch = [self._waiting[n] for n in range(min(MOST_AT_ONCE, len(self._waiting)))]
            await asyncio.shield(self._database.write(partial(_insert, batch)))
            written = {id(line) for line in batch}
            while self._waiting and id(self._waiting[0]) in written:
                self._waiting.popleft()


def _insert(rows: list[dict[str, Any]], session: Session) -> None:
    session.execute(insert(tables.Audit), rows)
