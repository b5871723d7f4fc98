"""The figures of those cases that an observer may observe, of months that have ended."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from persistence import tables
from persistence.database import Database
from persistence.figures.counting import table_of
from persistence.figures.making import part_of, verified
from persistence.figures.outside import Case, Told, told
from persistence.figures.tables import CasePart, CaseTally, CaseWait
from persistence.figures.thirds import Took
from persistence.observers.summary import FRESH_S, month
from persistence.rows import card
from realtime.rooms.figures import Measure
from realtime.rooms.observing import Permit, may_observe
from realtime.rooms.tallies import Tally

PAGE: Final = 500


class Made(NamedTuple):
    """Lines, and when they were begun, by a clock that never goes back."""

    begun_s: float
    lines: Told


class ObservedFigures:
    """Lines that are at most a minute old, of one permit and month each. One is made at a time, off the loop."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._made: dict[tuple[Permit, str], Made] = {}
        self._making = asyncio.Lock()

    async def lines(self, permit: Permit, now_ms: int) -> Told:
        """What may be told to the holder of `permit`. Raises `Unavailable`."""
        key = (permit, month(now_ms))
        async with self._making:
            now_s = self._clock()
            self._made = {key: one for key, one in self._made.items() if now_s < one.begun_s + FRESH_S}
            if key not in self._made:
                self._made[key] = Made(now_s, await self._told(permit, now_ms))
            return self._made[key].lines

    async def _told(self, permit: Permit, now_ms: int) -> Told:
        found: list[Case] = []
        after = ""
        while page := await self._database.read(lambda sql, after=after: _page(sql, after)):  # type: ignore[misc]
            found += await asyncio.to_thread(lambda page=page: list(_cases(page, permit, now_ms)))  # type: ignore[misc]
            after = page.rooms[-1][0]
        return await asyncio.to_thread(told, found)


class Page(NamedTuple):
    """Some cases as they stand in the tables, each with its card, and by case what it adds to the figures."""

    rooms: Sequence[tuple[str, bytes]]
    waits: Mapping[str, Sequence[Any]]
    tallies: Mapping[str, Sequence[Any]]
    parts: Mapping[str, Sequence[Any]]
    accounts: Mapping[str, tuple[str, str]]


def _page(session: Session, after: str) -> Page | None:
    room = tables.Room
    wanted = select(room.id, room.card).where(col(room.id) > after).order_by(col(room.id)).limit(PAGE)
    rooms = [(id_, card) for id_, card in session.exec(wanted)]
    if not rooms:
        return None
    waits, tallies, parts = (
        _of(session, model, [id_ for id_, _ in rooms]) for model in (CaseWait, CaseTally, CasePart)
    )
    people = sorted({row.person for of in parts.values() for row in of})
    return Page(rooms, waits, tallies, parts, verified(session, people))


def _of(session: Session, model: type[SQLModel], rooms: Collection[str]) -> Mapping[str, Sequence[Any]]:
    """By case, its rows."""
    table, found = table_of(model), defaultdict(list)
    for row in session.connection().execute(sqlalchemy.select(table).where(table.c.room.in_(rooms))):
        found[row.room].append(row)
    return found


def _cases(page: Page, permit: Permit, now_ms: int) -> Iterator[Case]:
    """A case counts as its rows do, where it has any."""
    for room, kept in page.rooms:
        known = card(kept)
        opened = month(known.case.opened_at)
        if opened < month(now_ms) and known.case.observers.mode != "off" and may_observe(known, permit, now_ms):
            waits = page.waits.get(room, ())
            acuity = waits[0].acuity if waits else known.case.acuity
            specialty = waits[0].specialty if waits else known.case.specialties[0]
            ms = {cast(Measure, row.measure): row.ms for row in waits}
            tallies = {row.measure: Tally(row.n, row.hits, row.sum) for row in page.tallies.get(room, ())}
            yield Case(specialty, opened, acuity, ms, tallies, list(_parts(page, room, acuity)))


def _parts(page: Page, room: str, acuity: str) -> Iterator[Took]:
    for row in page.parts.get(room, ()):
        if row.person in page.accounts:
            yield Took(row.person, *page.accounts[row.person], room, acuity, part_of(row))
