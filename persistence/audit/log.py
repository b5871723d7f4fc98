"""Writing the audit log: who did what to what, in batches and one chain, never what a patient or a doctor wrote."""

import asyncio
import logging
import os
import re
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
from persistence.refused import refused
from realtime.errors import Unavailable
from realtime.ports import Outcome
from realtime.rooms.people import SYSTEM

MOST_WAITING: Final = 10_000
# A commit may wait behind them.
MOST_AT_ONCE: Final = 200
RETRY_S: Final = 1.0
LINES_LOST: Final = "lines_lost"
FIELDS: Final = Line._fields[2:]

_UNWRITABLE: Final = re.compile(r"[\x00\ud800-\udfff]")

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

    `lost` counts the rest, and those that the database does not take; lines `lines_lost` say how many. `chain` names
    the chain of this process.
    """

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self.lost = 0
        self.chain = b32encode(os.urandom(10)).decode().lower()
        self._database = database
        self._now_ms = now_ms
        self._waiting: deque[tuple[Any, ...]] = deque()
        self._unsaid = 0
        self._batch: list[Row] = []
        self._alone = 0
        self._number, self._digest = self._before = 0, GENESIS
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
        texts = map(_writable, (person, act, room, detail, outcome, where, why, what))
        self._waiting.append((self._now_ms(), *texts))
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def close(self) -> None:
        """Write what waits; while the database is away, say how many lines are lost."""
        self._closing.set()
        if self._writing is not None:
            await self._writing
        try:
            await self._flush()
        except Exception:
            logger.error("%d audit lines could not be written", len(self._batch) + len(self._waiting))

    async def _write(self) -> None:
        try:
            while (self._batch or self._waiting) and not self._closing.is_set():
                try:
                    await self._flush()
                except Unavailable:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._closing.wait(), RETRY_S)
        except Exception as error:
            # Not a word of the error itself: it may quote a line. With the next line this is tried again.
            logger.error("%d audit lines wait: %s", len(self._batch) + len(self._waiting), type(error).__name__)
        finally:
            self._writing = None

    async def _flush(self) -> None:
        while self._batch or self._waiting:
            # Once linked, a batch stays as it is until it is written: its lines have their numbers.
            self._batch = self._batch or self._linked()
            try:
                await self._database.write(partial(_insert, self._batch))
            except Exception as error:
                if not refused(error):
                    raise
                self._unlink()
            self._batch = []

    def _linked(self) -> list[Row]:
        """The next lines, at their places in the chain."""
        self._before = self._number, self._digest
        most = 1 if self._alone else MOST_AT_ONCE
        self._alone = max(self._alone - 1, 0)
        taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        if self._unsaid:
            taken.insert(0, _lines_lost(taken[0][0], self._unsaid))
            self._unsaid = 0
        return [self._link(fields) for fields in taken]

    def _unlink(self) -> None:
        """Take back a batch that the database refused, so that each of its lines goes alone; a single one is lost."""
        self._number, self._digest = self._before
        lines = [tuple(row[name] for name in FIELDS) for row in self._batch]
        if len(lines) == 1:
            act = lines[0][2]
            logger.error("an audit line `%s` could not be written: the database does not take what it says", act)
            self.lost += 1
            lines = [_lines_lost(self._now_ms(), 1)] if act != LINES_LOST else []
        self._waiting.extendleft(reversed(lines))
        self._alone += len(lines)

    def _link(self, fields: tuple[Any, ...]) -> Row:
        self._number += 1
        line = Line(self.chain, self._number, *fields)
        self._digest = link(self._digest, line)
        return {**line._asdict(), "digest": self._digest}


def _lines_lost(at: int, lost: int) -> tuple[Any, ...]:
    return at, SYSTEM, LINES_LOST, "", str(lost), "failed", "", "", ""


def _writable(text: str) -> str:
    """`text` without what PostgreSQL, or UTF-8, does not take: a line is kept whatever is said in it."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _insert(rows: Sequence[Row], session: Session) -> None:
    # Not by the ORM: it would take several times as long, in the thread that commits.
    connection = session.connection()
    connection.execute(_INSERT, rows)
    last = rows[-1]
    connection.execute(_HEAD, {name: last[name] for name in ("chain", "at", "number", "digest")})
