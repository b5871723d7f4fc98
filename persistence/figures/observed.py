"""The figures of those cases that an observer may observe, of months that have ended."""

import asyncio
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from sqlmodel import Session, col, select

from persistence.database import Database
from persistence.figures.outside import Told, told
from persistence.figures.reading import Wanted
from persistence.figures.shown import groups_of
from persistence.figures.tables import FigureMonth
from persistence.observers.summary import FRESH_S, month
from realtime.rooms.observing import Permit, may_observe

UNUSED_S: Final = 3_600.0


class Made(NamedTuple):
    """What is told of one month's `version`, and when it was made, by a clock that never goes back."""

    at_s: float
    version: int
    told: Told


class ObservedFigures:
    """Lines of one permit and month each, made anew when the month was. One is made at a time, off the loop.

    What an investor may observe changes with the hour: their lines are at most a minute old.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._made: dict[tuple[Permit, str], Made] = {}
        self._making = asyncio.Lock()

    async def lines(self, permit: Permit, wanted: Wanted, now_ms: int) -> Told:
        """What may be told to the holder of `permit`, of the months that are wanted. Raises `Unavailable`."""
        async with self._making:
            now_s = self._clock()
            self._made = {key: one for key, one in self._made.items() if now_s < one.at_s + UNUSED_S}
            ended = partial(_ended, wanted=wanted, this_month=month(now_ms))
            months = [await self._month(permit, *one, now_ms) for one in await self._database.read(ended)]
        return Told(
            [line for one in months for line in one.times],
            [line for one in months for line in one.tallies],
            [line for one in months for line in one.thirds],
        )

    async def _month(self, permit: Permit, month: str, version: int, now_ms: int) -> Told:
        now_s = self._clock()
        made = self._made.get((permit, month))
        fresh = made is not None and (permit.kind != "investor" or now_s < made.at_s + FRESH_S)
        if made is None or made.version != version or not fresh:
            kept = await self._database.read(partial(_cases, month=month))
            found = await asyncio.to_thread(_told, month, kept, permit, now_ms)
            made = self._made[permit, month] = Made(now_s, version, found)
        return made.told


def _ended(session: Session, wanted: Wanted, this_month: str) -> Sequence[tuple[str, int]]:
    """The months that are wanted, have ended and can be shown, with their version."""
    one = FigureMonth
    months = select(one.month, one.shown).where(
        col(one.month).between(wanted.since, wanted.until), col(one.month) < this_month, col(one.shown).is_not(None)
    )
    return [(month, version) for month, version in session.exec(months.order_by(one.month)) if version is not None]


def _cases(session: Session, month: str) -> bytes | None:
    return session.exec(select(FigureMonth.cases).where(FigureMonth.month == month)).one()


def _told(month: str, kept: bytes | None, permit: Permit, now_ms: int) -> Told:
    groups = groups_of(kept) if kept is not None else []
    return told(month, [group for group in groups if may_observe(group, permit, now_ms)])
