"""Writing the audit log: who did what to what, in batches and one chain, never what a patient or a doctor wrote."""

import asyncio
import logging
import os
from base64 import b32encode
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from sqlalchemy import text
from sqlmodel import Session

from persistence.audit.chain import GENESIS, Line, link
from persistence.database import Database
from realtime.errors import Unavailable
from realtime.ports import Outcome
from realtime.rooms.people import SYSTEM

MOST_WAITING: Final = 10_000
# A commit may wait behind them.
MOST_AT_ONCE: Final = 200
RETRY_S: Final = 1.0

# A batch whose answer was lost is sent again: what is there already stays. Were it another's, the chain would not fit.
_INSERT: Final = text(
    "INSERT INTO audit (chain, number, at, person, act, room, detail, outcome, address, reason, subject, digest) VALUES"
    " (:chain, :number, :at, :person, :act, :room, :detail, :outcome, :address, :reason, :subject, :digest)"
    " ON CONFLICT DO NOTHING"
)
_HEAD: Final = text(
    "INSERT INTO auditchain (chain, began_at, number, digest, witnessed, cut)"
    " VALUES (:chain, :at, :number, :digest, 0, 0)"
    " ON CONFLICT (chain) DO UPDATE SET number = excluded.number, digest = excluded.digest"
)

logger = logging.getLogger("curbside.audit")

Row = dict[str, Any]


class AuditLog:
    """Keeps lines in the order of `note`. While the database is away the newest 10,000 wait.

    `lost` counts the rest, and a line `lines_lost` says how many. `chain` names the chain of this process.
    """

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self.lost = 0
        self.chain = b32encode(os.urandom(10)).decode().lower()
        self._database = database
        self._now_ms = now_ms
        self._waiting: deque[tuple[Any, ...]] = deque()
        self._unsaid = 0
        self._batch: list[Row] = []
        self._number, self._digest = 0, GENESIS
        self._writing: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def note(
        self,
        act: str,
        person: str,
        room: str = "",
        detail: str = "",
        *,
        outcome: Outcome = "ok",
        where: str = "",
        why: str = "",
        what: str = "",
    ) -> None:
        """Keep one line; it is written in a moment."""
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            self.lost += 1
            self._unsaid += 1
        self._waiting.append((self._now_ms(), person, act, room, detail, outcome, where, why, what))
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
            logger.error("%d audit lines could not be written", len(self._batch) + len(self._waiting))

    async def _write(self) -> None:
        try:
            while (self._batch or self._waiting) and not self._closing.is_set():
                try:
                    await self._flush()
                except Unavailable:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._closing.wait(), RETRY_S)
        finally:
            self._writing = None

    async def _flush(self) -> None:
        while self._batch or self._waiting:
            # Once linked, a batch stays as it is until it is written: its lines have their numbers.
            self._batch = self._batch or self._linked()
            await self._database.write(partial(_insert, self._batch))
            self._batch = []

    def _linked(self) -> list[Row]:
        """The next lines, at their places in the chain."""
        taken = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))]
        if self._unsaid:
            taken.insert(0, (taken[0][0], SYSTEM, "lines_lost", "", str(self._unsaid), "failed", "", "", ""))
            self._unsaid = 0
        return [self._link(fields) for fields in taken]

    def _link(self, fields: tuple[Any, ...]) -> Row:
        self._number += 1
        line = Line(self.chain, self._number, *fields)
        self._digest = link(self._digest, line)
        return {**line._asdict(), "digest": self._digest}


def _insert(rows: Sequence[Row], session: Session) -> None:
    # Not by the ORM: it would take several times as long, in the thread that commits.
    connection = session.connection()
    connection.execute(_INSERT, rows)
    last = rows[-1]
    connection.execute(_HEAD, {name: last[name] for name in ("chain", "at", "number", "digest")})
