"""What observers are told of all cases together: how many, by specialty and month, as far as numbers are not small."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlmodel import Session, col, select

from persistence import tables
from persistence.database import Database
from persistence.observers.suppression import Counts, suppressed
from persistence.rows import card
from realtime.rooms.observing import Permit, may_observe

FRESH_S: Final = 60.0
PAGE: Final = 1_000

Found = defaultdict[str, Counter[str]]


class Summary(NamedTuple):
    """A summary, and when it was begun, by a clock that never goes back."""

    begun_s: float
    counts: Counts


class Summaries:
    """Summaries that are at most a minute old, of one permit and month each. One is made at a time, off the loop."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._made: dict[tuple[Permit, str], Summary] = {}
        self._making = asyncio.Lock()

    async def summary(self, permit: Permit, now_ms: int) -> Counts:
        """Cases that the holder of `permit` may observe, by first specialty and month of opening (UTC).

        The month that has not ended is left out: from one day to the next its numbers would betray single cases.
        Raises `Unavailable`.
        """
        key = (permit, month(now_ms))
        async with self._making:
            now_s = self._clock()
            self._made = {key: one for key, one in self._made.items() if now_s < one.begun_s + FRESH_S}
            if key not in self._made:
                self._made[key] = Summary(now_s, await self._counted(permit, now_ms))
            return self._made[key].counts

    async def _counted(self, permit: Permit, now_ms: int) -> Counts:
        found: Found = defaultdict(Counter)
        after = ""
        while page := await self._database.read(lambda sql, after=after: _page(sql, after)):  # type: ignore[misc]
            await asyncio.to_thread(_count, found, [row for _, row in page], permit, now_ms)
            after = page[-1][0]
        return suppressed(found)


def _page(session: Session, after: str) -> list[tuple[str, bytes]]:
    room = tables.Room
    wanted = select(room.id, room.card).where(col(room.id) > after).order_by(col(room.id)).limit(PAGE)
    return list(session.exec(wanted))


def _count(found: Found, cards: Sequence[bytes], permit: Permit, now_ms: int) -> None:
    this_month = month(now_ms)
    for row in cards:
        one = card(row)
        opened = month(one.case.opened_at)
        if opened < this_month and one.case.observers.mode != "off" and may_observe(one, permit, now_ms):
            found[one.case.specialties[0]][opened] += 1


def month(at_ms: int) -> str:
    """The month of a time, as `2026-11`."""
    return datetime.fromtimestamp(at_ms / 1_000, UTC).strftime("%Y-%m")
