"""The figures of those cases that an observer may observe, of months that have ended."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, cast

from sqlmodel import Session, col, select

from persistence import tables
from persistence.database import Database
from persistence.figures.outside import Case, told
from persistence.figures.reading import Line
from persistence.figures.tables import CaseWait
from persistence.observers.summary import FRESH_S, month
from persistence.rows import card
from realtime.rooms.figures import Measure
from realtime.rooms.observing import Permit, may_observe

PAGE: Final = 500


class Made(NamedTuple):
    """Lines, and when they were begun, by a clock that never goes back."""

    begun_s: float
    lines: list[Line]


class ObservedFigures:
    """Lines that are at most a minute old, of one permit and month each. One is made at a time, off the loop."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._made: dict[tuple[Permit, str], Made] = {}
        self._making = asyncio.Lock()

    async def lines(self, permit: Permit, now_ms: int) -> list[Line]:
        """What may be told to the holder of `permit`. Raises `Unavailable`."""
        key = (permit, month(now_ms))
        async with self._making:
            now_s = self._clock()
            self._made = {key: one for key, one in self._made.items() if now_s < one.begun_s + FRESH_S}
            if key not in self._made:
                self._made[key] = Made(now_s, await self._told(permit, now_ms))
            return self._made[key].lines

    async def _told(self, permit: Permit, now_ms: int) -> list[Line]:
        found: list[Case] = []
        after = ""
        while page := await self._database.read(lambda sql, after=after: _page(sql, after)):  # type: ignore[misc]
            found += await asyncio.to_thread(lambda page=page: list(_cases(page, permit, now_ms)))  # type: ignore[misc]
            after = page[-1].room
        return await asyncio.to_thread(told, found)


class Row(NamedTuple):
    """A case as it stands in the tables."""

    room: str
    card: bytes
    waits: Sequence[CaseWait]


def _page(session: Session, after: str) -> list[Row]:
    room = tables.Room
    found = session.exec(
        select(room.id, room.card).where(col(room.id) > after).order_by(col(room.id)).limit(PAGE)
    ).all()
    waits: defaultdict[str, list[CaseWait]] = defaultdict(list)
    for wait in session.exec(select(CaseWait).where(col(CaseWait.room).in_([id_ for id_, _ in found]))):
        waits[wait.room].append(wait)
    return [Row(id_, card, waits[id_]) for id_, card in found]


def _cases(rows: Sequence[Row], permit: Permit, now_ms: int) -> Iterator[Case]:
    """A case counts as its intervals do, where it has any."""
    for row in rows:
        known = card(row.card)
        opened = month(known.case.opened_at)
        if opened < month(now_ms) and known.case.observers.mode != "off" and may_observe(known, permit, now_ms):
            acuity = row.waits[0].acuity if row.waits else known.case.acuity
            specialty = row.waits[0].specialty if row.waits else known.case.specialties[0]
            yield Case(specialty, opened, acuity, {cast(Measure, wait.measure): wait.ms for wait in row.waits})
