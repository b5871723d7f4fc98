"""The figures of cases, over SQLite and a real PostgreSQL."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, delete, update

from persistence import tables
from persistence.figures.chore import AGAIN_MS, Figures
from persistence.figures.counting import ALL, Place
from persistence.figures.observed import ObservedFigures
from persistence.figures.quantiles import BUCKETS_S, Cell, cell
from persistence.figures.reading import OTHER, Wanted, histograms, lines, specialties
from persistence.figures.tables import CaseWait, WaitBucket, WaitCell
from persistence.journal import open_journal
from persistence.moderation.notices import mark, notify
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.ports import Append
from realtime.rooms.chain import event_of
from realtime.rooms.commands import Close, Post
from realtime.rooms.events import Event, Paged
from realtime.rooms.fold import fold, replay
from realtime.rooms.notices import Notice
from realtime.rooms.observing import Permit
from realtime.rooms.people import SYSTEM, By
from tests.builders import AT, ben
from tests.persistence.appends import opens, record
from tests.persistence.shop import Shop

MONTH = "2027-01"
LATER = AT + 35 * 24 * 3_600_000


class Count(Shop):
    """A shop whose workers count."""

    async def step(self, workers: int = 1) -> None:
        """So many workers, each begun anew, count at the same time."""
        chores = [Figures(self.database, self.journal, lambda: self.now_ms) for _ in range(workers)]
        await asyncio.gather(*(chore.step() for chore in chores))

    async def opens(self, room: str, at: int = AT, **parts: Any) -> str:
        await self.journal.append(opens(room, at=at, **parts))
        return room

    async def rings(self, room: str) -> None:
        """A page of ben's, with its notice."""
        log = await self.log(room)
        state = replay(map(event_of, log))
        assert state is not None
        body = Paged(page="p1", tier=1, people=["ben"], deadline_at=state.at + 120_000)
        event = Event(state.seq + 1, "p1", state.at + 1_000, By(SYSTEM), body)
        kept = record(room, log[-1].head, event)
        await self.journal.append(Append(room, log[-1].head, [kept], fold(state, event).card))
        notice = Notice(
            id=f"page {room}", person="ben", kind="page", room=room, page="p1", text="Open it.", at=event.at
        )
        await self.database.write(lambda session: notify(session, [notice]))

    async def looks(self, room: str, at: int) -> None:
        await self.database.write(lambda session: mark(session, [(f"page {room}", "ben", "seen")], at))

    async def waits(self) -> dict[tuple[str, str], int]:
        return {(row.room, row.measure): row.ms for row in await self.all(CaseWait)}

    async def cells(self) -> dict[Place, Cell]:
        """All cells, those of one acuity and specialty with their buckets."""
        counts: defaultdict[Place, dict[int, int]] = defaultdict(dict)
        for full in await self.all(WaitBucket):
            counts[_place(full)][full.bucket] = full.n
        buckets = range(len(BUCKETS_S) + 1)
        return {
            place: Cell(
                row.n, row.median_ms, row.p90_ms, row.sum_ms, tuple(counts[place].get(bucket, 0) for bucket in buckets)
            )
            for row in await self.all(WaitCell)
            for place in [_place(row)]
        }

    async def made_anew(self) -> dict[Place, Cell]:
        """The same, taken from all intervals."""
        taken: defaultdict[Place, list[int]] = defaultdict(list)
        for row in await self.all(CaseWait):
            for acuity, specialty in product((row.acuity, ALL), (row.specialty, ALL)):
                taken[Place(row.month, row.measure, acuity, specialty)].append(row.ms)
        found = {place: cell(intervals) for place, intervals in taken.items()}
        nothing = (0,) * (len(BUCKETS_S) + 1)
        return {place: one._replace(counts=nothing) if ALL in place else one for place, one in found.items() if one}

    async def forget(self) -> None:
        """Have nothing counted, and all to count."""

        def write(session: Session) -> None:
            session.execute(delete(CaseWait))
            session.execute(delete(WaitCell))
            session.execute(delete(WaitBucket))
            session.execute(update(tables.Room).values(recount_at=0))

        await self.database.write(write)


def _place(row: WaitCell | WaitBucket) -> Place:
    return Place(row.month, row.measure, row.acuity, row.specialty)


@pytest.fixture
async def counts(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Count]:
    journal = open_journal(database)
    yield Count(database, journal, tmp_path)
    await journal.close()


async def test_a_case_is_counted_as_it_goes_on(counts: Count) -> None:
    room = await counts.opens("room1", acuity="stat")
    await counts.step()
    assert await counts.waits() == {}
    await counts.does(room, Post, ben, text="Hello.")
    await counts.step()
    assert await counts.waits() == {(room, "answered"): 1_000}
    await counts.does(room, Close, disposition="advised", summary="Done.")
    await counts.step()
    assert await counts.waits() == {(room, "answered"): 1_000, (room, "closed"): 2_000}
    assert (await counts.cells())[Place(MONTH, "closed", "stat", "cardiology")][:4] == (1, 2_000, 2_000, 2_000)


async def test_that_somebody_looked_at_a_page_is_counted_though_the_case_did_not_change(counts: Count) -> None:
    room = await counts.opens("room1", acuity="stat")
    await counts.rings(room)
    counts.now_ms = AT + 2_000
    await counts.step()
    await counts.looks(room, AT + 7_000)
    counts.now_ms += AGAIN_MS
    await counts.step()
    assert await counts.waits() == {(room, "paged"): 1_000, (room, "delivered"): 7_000, (room, "seen"): 7_000}


async def test_what_nobody_looks_at_is_asked_for_no_longer_than_a_day(counts: Count) -> None:
    await counts.rings(await counts.opens("room1"))
    await counts.step()
    assert [row.recount_at for row in await counts.all(tables.Room)] == [None]


async def test_many_workers_count_each_case_once_and_a_count_from_nothing_gives_the_same(counts: Count) -> None:
    for n in range(12):
        acuity, specialty = ("stat", "urgent")[n % 2], ("cardiology", "toxicology", "")[n % 3]
        parts = {"acuity": acuity, "specialties": [specialty] if specialty else ["surgery", "cardiology"]}
        room = await counts.opens(f"room{n:02}", at=LATER if n > 8 else AT, **parts)
        for _ in range(n % 4):
            await counts.does(room, Post, text="Anyone?")
        await counts.does(room, Post, ben, text="Hello.")
        if n % 2:
            await counts.step(workers=3)
        await counts.does(room, Close, disposition="advised", summary="Done.")
    await counts.step(workers=3)
    waits, cells = await counts.waits(), await counts.cells()
    assert len(waits) == 24
    assert cells == await counts.made_anew()
    assert cells[Place(MONTH, "closed", ALL, ALL)].n == 9

    await counts.forget()
    await counts.step()
    assert (await counts.waits(), await counts.cells()) == (waits, cells)


async def test_a_case_that_cannot_be_read_is_left_out_and_keeps_no_other_out(
    counts: Count, database: Sqlite | Postgres
) -> None:
    for room in ("room1", "room2"):
        await counts.opens(room)
        await counts.does(room, Post, ben, text="Hello.")
    broken = update(tables.Event).where(col(tables.Event.room) == "room1", col(tables.Event.seq) == 2)
    await database.write(lambda session: session.execute(broken.values(kind="closed")))
    await counts.step()
    assert await counts.waits() == {("room2", "answered"): 1_000}


async def test_lines_are_of_one_acuity_and_specialty_of_each_or_of_all_together(
    counts: Count, database: Sqlite | Postgres
) -> None:
    for n, (acuity, specialty) in enumerate((("stat", "cardiology"), ("urgent", "cardiology"), ("stat", "toxicology"))):
        room = await counts.opens(f"room{n}", acuity=acuity, specialties=[specialty])
        await counts.does(room, Post, ben, text="Hello.")
    await counts.step()

    async def asked(*narrower: str | None) -> list[tuple[str, str, int | None]]:
        found = await database.read(lambda sql: lines(sql, Wanted(MONTH, MONTH, *narrower)))
        return [(line.acuity, line.specialty, line.n) for line in found]

    assert await asked(ALL, ALL) == [(ALL, ALL, 3)]
    assert await asked("stat", ALL) == [("stat", ALL, 2)]
    assert await asked(None, "cardiology") == [
        (ALL, "cardiology", 2),
        ("stat", "cardiology", 1),
        ("urgent", "cardiology", 1),
    ]
    assert await database.read(lambda sql: lines(sql, Wanted("2027-02", "2027-03"))) == []
    assert await database.read(lambda sql: specialties(sql, Wanted(MONTH, MONTH))) == ["cardiology", "toxicology"]


async def test_histograms_are_of_all_months_and_of_a_bounded_number_of_specialties(
    counts: Count, database: Sqlite | Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.figures.reading.MOST_SPECIALTIES", 1)
    for n, (at, specialty) in enumerate(
        ((AT, "toxicology"), (LATER, "cardiology"), (LATER, "surgery"), (LATER, "toxicology"))
    ):
        room = await counts.opens(f"room{n}", at=at, specialties=[specialty])
        await counts.does(room, Post, ben, text="Hello.")
    await counts.step()
    found = await database.read(histograms)
    assert [(one.series, one.counts[0], sum(one.counts), one.sum_ms) for one in found] == [
        (("answered", "urgent", OTHER), 2, 2, 2_000),
        (("answered", "urgent", "toxicology"), 2, 2, 2_000),
    ]


async def test_observers_are_told_of_ended_months_and_of_cases_that_they_may_observe(
    counts: Count, database: Sqlite | Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.figures.observed.PAGE", 10)
    for n in range(24):
        room = await counts.opens(f"room{n:02}", observers="off" if n < 12 else "live")
        await counts.does(room, Post, ben, text="Hello.")
    await counts.step()
    figures = ObservedFigures(database)
    permit = Permit("corp", "pharma", frozenset({"HRESCH"}), 1)
    told = await figures.lines(permit, LATER)
    assert [(line.measure, line.n, line.median_ms) for line in told if line.n] == [("answered", 12, 1_000)]
    assert await figures.lines(permit, AT) == []
    investor = Permit("fund", "investor", frozenset({"HRESCH"}), 1)
    assert await figures.lines(investor, LATER) == []
