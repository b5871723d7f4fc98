"""The figures of cases, over SQLite and a real PostgreSQL."""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import astuple
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, update

from persistence import tables
from persistence.erasing import erase
from persistence.figures.cells import ALL, Of, Place
from persistence.figures.chore import AGAIN_MS, Figures
from persistence.figures.counting import ROWS, table_of
from persistence.figures.histograms import OTHER, histograms
from persistence.figures.making import CELLS, Head, changes, keep, page
from persistence.figures.months import Months
from persistence.figures.observed import ObservedFigures
from persistence.figures.quantiles import cell
from persistence.figures.reading import Line, TallyLine, ThirdLine, Wanted, lines, named
from persistence.figures.shown import groups_of
from persistence.figures.tables import CaseWait, FigureMonth, TallyCell, WaitBucket, WaitCell
from persistence.journal import open_journal
from persistence.moderation.notices import mark, notify
from persistence.people import add_many
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.ports import Append
from realtime.rooms.chain import event_of
from realtime.rooms.commands import Close, Corroborate, Observers, Opine, Outcome, Post
from realtime.rooms.events import Event, Paged
from realtime.rooms.fold import fold, replay
from realtime.rooms.notices import Notice
from realtime.rooms.observing import Permit
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import SYSTEM, By
from tests.builders import AT, ana, ben, cleo
from tests.persistence.appends import opens, record
from tests.persistence.shop import Shop

MONTH = "2027-01"
LATER = AT + 35 * 24 * 3_600_000


class Count(Shop):
    """A shop whose workers count."""

    async def step(self, workers: int = 1) -> None:
        """So many workers, each begun anew, count and make months at the same time."""
        chores = [Figures(self.database, self.journal, lambda: self.now_ms) for _ in range(workers)]
        await asyncio.gather(*(chore.step() for chore in chores))
        while any(row.version != row.made for row in await self.all(FigureMonth)):
            await asyncio.gather(*(Months(self.database, lambda: self.now_ms).step() for _ in range(workers)))

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

    async def cells(self) -> dict[tuple[str, Place], tuple[int, ...]]:
        """All cells of intervals, by month and place."""
        return {
            (row.month, Place(Of(row.acuity, row.specialty, row.country), row.measure)): (
                *(row.n, row.median_ms, row.p90_ms, row.sum_ms),
            )
            for row in await self.all(WaitCell)
        }

    async def made_anew(self) -> dict[tuple[str, Place], tuple[int, ...]]:
        """The same, taken from all intervals."""
        taken: defaultdict[tuple[str, Place], list[int]] = defaultdict(list)
        for row in await self.all(CaseWait):
            for of in product((row.acuity, ALL), (row.specialty, ALL), (row.country, ALL)):
                taken[row.month, Place(Of(*of), row.measure)].append(row.ms)
        found = {place: cell(intervals) for place, intervals in taken.items()}
        return {place: one[:4] for place, one in found.items() if one}

    async def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables of figures, in order."""

        def rows(session: Session) -> dict[str, list[tuple[Any, ...]]]:
            models: list[type[SQLModel]] = [*ROWS, *CELLS]
            tables = [table_of(model) for model in models]
            return {one.name: sorted(map(tuple, session.connection().execute(one.select()))) for one in tables}

        return await self.database.read(rows)

    async def forget(self) -> None:
        """Have nothing counted, and all to count."""

        def write(session: Session) -> None:
            models: list[type[SQLModel]] = [*ROWS, *CELLS, FigureMonth]
            for model in models:
                session.connection().execute(table_of(model).delete())
            session.execute(update(tables.Room).values(recount_at=0))

        await self.database.write(write)


def at(acuity: str = ALL, specialty: str = ALL, country: str = ALL, *, name: str) -> tuple[str, Place]:
    return MONTH, Place(Of(acuity, specialty, country), name)


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
    assert (await counts.cells())[at("stat", "cardiology", "PE", name="closed")] == (1, 2_000, 2_000, 2_000)


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
    cells, everything = await counts.cells(), await counts.everything()
    assert len(await counts.waits()) == 24
    assert cells == await counts.made_anew()
    assert cells[at(name="closed")][0] == 9
    full = [row for row in await counts.all(WaitBucket) if row.measure == "closed"]
    assert sum(row.n for row in full) == 12

    await counts.forget()
    await counts.step()
    assert await counts.everything() == everything


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
        found = await database.read(lambda sql: lines(sql, Line, Wanted(MONTH, MONTH, *narrower)))
        return [(line.acuity, line.specialty, line.n) for line in found]

    assert await asked(ALL, ALL) == [(ALL, ALL, 3)]
    assert await asked("stat", ALL) == [("stat", ALL, 2)]
    assert await asked(None, "cardiology") == [
        (ALL, "cardiology", 2),
        ("stat", "cardiology", 1),
        ("urgent", "cardiology", 1),
    ]
    assert await asked(ALL, ALL, "PE") == [(ALL, ALL, 3)]
    assert await asked(ALL, ALL, "CH") == []
    assert await database.read(lambda sql: lines(sql, Line, Wanted("2027-02", "2027-03"))) == []
    names = ("cardiology", "toxicology")
    assert await database.read(lambda sql: named(sql, Line, "specialty", Wanted(MONTH, MONTH))) == [*names]
    assert await database.read(lambda sql: named(sql, Line, "country", Wanted(MONTH, MONTH, ALL, ALL))) == ["PE"]


async def test_histograms_are_of_all_months_and_of_a_bounded_number_of_specialties(
    counts: Count, database: Sqlite | Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.figures.histograms.MOST_SPECIALTIES", 1)
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
    counts: Count, database: Sqlite | Postgres
) -> None:
    for n in range(24):
        room = await counts.opens(f"room{n:02}", observers="off" if n < 12 else "live")
        await counts.does(room, Post, ben, text="Hello.")
    await counts.step()
    figures = ObservedFigures(database)
    permit = Permit("corp", "pharma", frozenset({"HRESCH"}), 1)
    wanted = Wanted("2026-01", "2027-12")
    told = (await figures.lines(permit, wanted, LATER)).times
    assert [(line.measure, line.n, line.median_ms) for line in told if line.n] == [("answered", 12, 1_000)]
    assert (await figures.lines(permit, Wanted("2026-01", "2026-12"), LATER)).times == []
    assert (await figures.lines(permit, wanted, AT)).times == [], "the month has not ended"
    investor = Permit("fund", "investor", frozenset({"HRESCH"}), 1)
    assert (await figures.lines(investor, wanted, LATER)).times == []

    await counts.does("room12", Observers, mode="off")
    await counts.step()
    told = (await figures.lines(permit, wanted, LATER)).times
    assert [line.n for line in told if line.measure == "answered"] == [11]


async def test_of_a_month_that_goes_on_nothing_is_kept_for_outside_until_it_has_ended(counts: Count) -> None:
    counts.now_ms = AT + 60_000
    room = await counts.opens("room1")
    await counts.does(room, Post, ben, text="Hello.")
    await counts.step()
    assert [(row.shown, row.cases) for row in await counts.all(FigureMonth)] == [(None, None)]
    counts.now_ms = LATER
    await Months(counts.database, lambda: counts.now_ms).step()
    (row,) = await counts.all(FigureMonth)
    assert (row.shown, [one.cases for one in groups_of(row.cases or b"")]) == (row.version, [1])


async def test_who_has_made_months_for_a_second_rests_for_twenty(counts: Count) -> None:
    times_s = iter((100.0, 101.0, 120.9, 121.0, 121.5))
    months = Months(counts.database, lambda: counts.now_ms, lambda: next(times_s))
    chore = Figures(counts.database, counts.journal, lambda: counts.now_ms)

    async def made() -> bool:
        await counts.does(await counts.opens(f"room{counts.now_ms}"), Post, ben, text="Hello.")
        counts.now_ms += 1
        await chore.step()
        await months.step()
        return all(row.version == row.made for row in await counts.all(FigureMonth))

    assert [await made() for _ in range(3)] == [True, False, True]


class Consult(Count):
    """A count of consults that were played to their end."""

    async def consult(self, room: str, diagnosis: str = "Krait bite", **parts: Any) -> str:
        """A closed case in which ben gave an opinion and advice, ana agreed with it, and a bite was the outcome."""
        await self.opens(room, **parts)
        await self.does(room, Opine, ben, differential=[Diagnosis(dx="Krait bite", probability=0.6)])
        advice = await self.does(room, Post, ben, text="Antivenom.", kind="recommendation")
        await self.does(room, Post, ben, text="Ptosis.", kind="finding")
        await self.does(room, Corroborate, ana, target=advice.id, stance="agree")
        await self.does(room, Close, disposition="advised", summary="Done.")
        await self.does(room, Outcome, verdict="confirmed", diagnosis=diagnosis, supports=[], contradicts=[])
        return room

    async def found(self, kind: type[Any], *narrower: str | None) -> list[Any]:
        return await self.database.read(lambda sql: lines(sql, kind, Wanted(MONTH, MONTH, *narrower)))


@pytest.fixture
async def consults(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Consult]:
    journal = open_journal(database)
    await database.write(lambda session: add_many(session, [ana, ben, cleo], AT))
    yield Consult(database, journal, tmp_path)
    await journal.close()


async def test_how_claims_and_opinions_fared_is_summed_by_acuity_specialty_and_country(consults: Consult) -> None:
    await consults.consult("room1", acuity="stat")
    await consults.consult("room2", "Stroke", specialties=["toxicology"])
    await consults.step()
    told = {line.measure: astuple(line)[4:] for line in await consults.found(TallyLine, ALL, ALL)}
    assert told == {
        "corroborated": (MONTH, 2, 4, 2, 0),
        "disputed": (MONTH, 2, 4, 0, 0),
        "brier": (MONTH, 2, 2, 0, 160 + 1_360),
        "leading": (MONTH, 2, 2, 1, 0),
        "first_three": (MONTH, 2, 2, 1, 0),
        "forecast_6": (MONTH, 2, 2, 1, 1_200),
    }
    assert [line.hits for line in await consults.found(TallyLine, "stat", ALL, "PE") if line.measure == "leading"] == [
        1
    ]
    assert await consults.found(TallyLine, ALL, ALL, "CH") == []


async def test_physicians_are_told_apart_by_how_often_they_were_asked(consults: Consult) -> None:
    for n in range(2):
        room = await consults.opens(f"room{n}")
        await consults.rings(room)
        await consults.does(room, Post, ben, text="Hello.")
        await consults.does(room, Close, disposition="advised", summary="Done.")
    await consults.does(await consults.opens("room2"), Opine, ana, differential=[Diagnosis(dx="Flu", probability=1.0)])
    await consults.does("room2", Close, disposition="advised", summary="Done.")
    await consults.step()
    told = {(line.third, line.country): astuple(line)[5:] for line in await consults.found(ThirdLine, ALL, ALL, None)}
    assert told == {
        ("least", ALL): (1, 1, 0, 1, 0, 0, 0),
        ("least", "CH"): (1, 1, 0, 1, 0, 0, 0),
        ("middle", ALL): (1, 2, 2, 2, 0, 0, 0),
        ("middle", "KE"): (1, 2, 2, 2, 0, 0, 0),
    }, "cleo is no verified physician"


async def test_a_new_outcome_and_an_erasure_change_what_is_told_as_a_count_from_nothing_would(
    consults: Consult,
) -> None:
    await consults.consult("room1", "Stroke")
    await consults.step()

    async def leading() -> list[tuple[int, int]]:
        return [(line.n, line.hits) for line in await consults.found(TallyLine, ALL, ALL) if line.measure == "leading"]

    assert await leading() == [(1, 0)]
    await consults.does("room1", Outcome, verdict="confirmed", diagnosis="Krait bite", supports=[], contradicts=[])
    await consults.step()
    assert await leading() == [(1, 1)]
    await consults.database.write(lambda sql: erase(sql, "room1", 2, consults.now_ms))
    await consults.step(workers=2)
    assert await leading() == []
    assert {line.measure for line in await consults.found(TallyLine, ALL, ALL)} == {"corroborated", "disputed"}

    everything = await consults.everything()
    await consults.forget()
    await consults.step()
    assert await consults.everything() == everything


async def test_months_that_many_workers_make_at_once_are_as_one_makes_them(consults: Consult) -> None:
    for n in range(6):
        await consults.consult(f"room{n}", acuity=("stat", "urgent")[n % 2], at=AT if n < 4 else LATER)
        await consults.step(workers=1 + n % 3)
    everything = await consults.everything()
    await consults.forget()
    await consults.step(workers=3)
    assert await consults.everything() == everything
    assert len(everything["tally_cell"]) > 60


async def test_cells_of_an_earlier_version_of_a_month_are_not_written_over_newer_ones(consults: Consult) -> None:
    await consults.consult("room1")
    await consults.step()
    old = Head(MONTH, 1, 0)
    there = await consults.database.read(lambda sql: page(sql, TallyCell, MONTH, None))
    nothing = changes(MONTH, {**dict.fromkeys(CELLS, ()), TallyCell: there}, {key: {} for key in CELLS})
    assert len(nothing[1].gone) == len(there) > 0
    assert not await consults.database.write(lambda sql: keep(sql, old, nothing))
    assert await consults.found(TallyLine, ALL, ALL) != []


DOCS = Path(__file__).parents[2] / "docs" / "insights.md"


async def test_the_sql_of_the_docs_gives_the_same_figures(consults: Consult) -> None:
    for n in range(5):
        acuity, specialty = ("stat", "urgent")[n % 2], ("cardiology", "toxicology")[n % 3 == 0]
        await consults.consult(f"room{n}", ("Krait bite", "Stroke")[n % 2], acuity=acuity, specialties=[specialty])
    await consults.step()
    waits, tallies, thirds = re.findall(r"```sql\n(.+?)```", DOCS.read_text(), re.DOTALL)

    async def asked(statement: str) -> list[tuple[Any, ...]]:
        return await consults.database.read(
            lambda sql: sorted(map(tuple, sql.connection().execute(text(statement)).all()))
        )

    for kind, statement in ((Line, waits), (TallyLine, tallies)):
        each = [astuple(line) for line in await consults.found(kind, None, None, None)]
        assert await asked(statement) == sorted(line for line in each if ALL not in line[1:4]) != []
    assert await asked(thirds) == sorted(astuple(line) for line in await consults.found(ThirdLine, ALL, ALL)) != []
