"""Bias watch over SQLite and a real PostgreSQL: what is read of the ledger, the record of observers, and the log."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from sqlmodel import select

from persistence import people
from persistence.awards import answering
from persistence.awards.answering import Answer
from persistence.awards.budgets import set_budget
from persistence.awards.ended import ended
from persistence.awards.ledger import SqlAwards
from persistence.awards.settling import settle
from persistence.awards.terms import Terms
from persistence.awards.watch import ENOUGH
from persistence.bias.alarms import AUTHOR, OWN
from persistence.bias.chore import WatchingBias
from persistence.bias.report import BiasWatch, Report
from persistence.bias.sheets import SHEETS, sheet
from persistence.erasing import erase
from persistence.journal import open_journal
from persistence.moderation.tables import Notice
from persistence.months import Period
from persistence.observers.stretches import Report as Reported
from persistence.observers.stretches import begun, reported
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.observing import Stretch
from realtime.ports import Append
from realtime.rooms.chain import event_of
from realtime.rooms.commands import Close, Corroborate, Post
from realtime.rooms.events import AwardsRevealed, Event, RevealedAward
from realtime.rooms.fold import fold, replay
from realtime.rooms.observing import Permit
from realtime.rooms.people import SYSTEM, By
from tests.agreed import agreed
from tests.awarding import no_ties
from tests.builders import AT, PEOPLE, ana, ben, obi
from tests.contract.test_awards import gift
from tests.persistence.appends import opens, record
from tests.persistence.shop import Shop

HOUR: Final = 3_600_000
DAY: Final = 24 * HOUR
JANUARY: Final = Period("2027-01", "2027-01")
YEAR: Final = Period("2026-12", "2027-11")
TERMS: Final = Terms(author_cents=10_000_000, case_cents=10_000_000)


class Watched(Shop):
    """A shop with the ledger, in which cases are opened on one day after another, closed and settled."""

    def __init__(self, database: Sqlite | Postgres, journal: Any, folder: Path) -> None:
        super().__init__(database, journal, folder)
        self.ledger = SqlAwards(database, TERMS, no_ties)
        self.now_ms = AT + 20 * DAY
        self.given = 0

    async def case(self, room: str, day: int = 0) -> str:
        """An open case in which ben recommends obi's product and says something else, and ana disagrees with him."""
        await self.journal.append(opens(room, at=AT + day * DAY))
        advice = await self.does(room, Post, ben, text="Give Antivenin now.", kind="recommendation")
        await self.does(room, Corroborate, ana, target=advice.id, stance="disagree")
        await self.does(room, Post, ben, text="And a line.")
        return room

    async def award(self, room: str, author: str = "ben", **parts: Any) -> None:
        """Of what somebody said there, whichever it was."""
        self.given += 1
        at = AT + 5 * DAY
        await self.ledger.give(
            gift(id=f"a{self.given}", room=room, target=f"t{self.given}", author=author, at=at, **parts)
        )

    async def over(self, room: str, *, settled: bool = True) -> None:
        """Close it, reveal what there is, and see to its awards."""
        await self.does(room, Close, disposition="advised", summary="Done.")
        log = await self.log(room)
        state = replay(map(event_of, log))
        assert state is not None
        revealed = [RevealedAward(one) for one in await self.ledger.sealed(room)]
        if revealed:
            event = Event(state.seq + 1, "revealed", state.at, By(SYSTEM), AwardsRevealed(awards=revealed))
            kept = record(room, log[-1].head, event)
            await self.journal.append(Append(room, log[-1].head, [kept], fold(state, event).card))
        if revealed and settled:
            found = ended(list(map(event_of, await self.log(room))))
            assert found is not None
            now_ms = found.closed_at
            await self.database.write(partial(settle, found=found, terms=TERMS, ties=no_ties, now_ms=now_ms))

    async def takes(self, room: str, at: int, **said: Any) -> None:
        """Ben takes the first award of a room, by name unless said."""
        wish = Answer(**{"answer": "accept", "way": "identified", "payer": "corp"} | said)

        def write(sql: Any) -> None:
            if wish.way == "identified":
                answering.named(sql, "ben", room, 1, at)
            answering.answer(sql, "ben", room, 1, wish, at)

        await self.database.write(write)

    async def shown(self, room: str, seconds: int, way: Any = "stream") -> None:
        """That obi was shown it."""
        permit = Permit(obi.institution, obi.kind, frozenset(), 1, 0)
        stretch = Stretch(obi, permit, room, 0, AT, way)
        report = Reported(stretch, 3, AT + 1_000 * seconds, True)
        await self.database.write(lambda sql: begun(sql, [stretch]))
        await self.database.write(lambda sql: reported(sql, [report]))

    async def report(self, period: Period = JANUARY) -> Report:
        return await BiasWatch(self.database, self.journal, lambda: self.now_ms).report(period)

    async def tell(self) -> list[str]:
        await WatchingBias(self.database, self.journal, lambda: self.now_ms).step()
        rows = await self.database.read(lambda sql: sql.exec(select(Notice).where(Notice.person == "mo")).all())
        return sorted(one.text for one in rows)


@pytest.fixture
async def shop(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Watched]:
    await agreed(database, hours=1_000)
    others = [person for person in PEOPLE.values() if person.id != obi.id]
    await database.write(lambda sql: people.add_many(sql, others, AT))
    await database.write(lambda sql: set_budget(sql, obi.institution, 10_000_000, "mo", AT))
    journal = open_journal(database)
    yield Watched(database, journal, tmp_path)
    await journal.close()


def without_time(report: Report) -> Report:
    return msgspec.structs.replace(report, at=0)


async def test_nothing_of_an_open_case_shows(shop: Watched) -> None:
    await shop.case("room1")
    await shop.shown("room1", 60)
    before = await shop.report(YEAR)
    await shop.award("room1")
    assert await shop.report(YEAR) == before
    assert (before.awards, before.payers, before.observers, before.names) == (0, [], [], {})


async def test_nor_of_one_that_is_closed_and_not_settled(shop: Watched) -> None:
    await shop.case("room1")
    await shop.award("room1")
    await shop.over("room1", settled=False)
    assert (await shop.report()).awards == 0


async def test_awards_of_closed_cases_are_told_by_payer_author_product_and_stance(shop: Watched) -> None:
    await shop.case("room1")
    await shop.award("room1")
    await shop.award("room1", author="ana")
    await shop.over("room1")
    await shop.takes("room1", AT + 6 * DAY)
    report = await shop.report()
    (payer,) = report.payers
    assert (payer.payer, payer.awards, payer.by_name, payer.cases, payer.authors.holders) == ("corp", 2, 1, 1, 2)
    assert payer.stances == report.stances == {"for": 1, "against": 1, "both": 0, "neither": 0, "unnamed": 0}
    assert [(one.product, one.of, one.awards) for one in report.products] == [("Antivenin", "corp", 2)]
    assert [(one.author, one.awards) for one in report.authors] == [("ana", 1), ("ben", 1)]
    assert (report.names["ben"], report.specialties["ana"]) == ("dr_ben", "cardiology")


async def test_a_case_counts_in_the_month_of_its_close(shop: Watched) -> None:
    await shop.case("room1")
    await shop.award("room1")
    await shop.over("room1")
    assert [(await shop.report(Period(one, one))).awards for one in ("2026-12", "2027-01", "2027-02")] == [0, 1, 0]


async def test_what_came_to_nothing_is_counted_apart(shop: Watched) -> None:
    await shop.case("room1")
    await shop.over("room1")
    await shop.award("room1")
    found = ended(list(map(event_of, await shop.log("room1"))))
    assert found is not None
    await shop.database.write(partial(settle, found=found, terms=TERMS, ties=no_ties, now_ms=AT))
    report = await shop.report()
    assert (report.awards, report.void, report.payers[0].awards, report.payers[0].void) == (0, 1, 0, 1)


async def test_an_observers_reads_stand_beside_its_awards(shop: Watched) -> None:
    for room in ("room1", "room2"):
        await shop.case(room)
        await shop.shown(room, 60)
        await shop.over(room)
    await shop.case("room3")
    await shop.shown("room1", 30)
    await shop.shown("room1", 5, way="read")
    await shop.shown("room3", 900)
    for room in ("room3", "room4"):
        if room == "room4":
            await shop.case(room)
        await shop.award(room)
        await shop.over(room)
    (one,) = (await shop.report()).observers
    assert (one.observer, one.institution, one.cases, one.stretches, one.exports, one.seconds) == (
        *("obi", "corp"),
        *(3, 5, 1, 1_050),
    )
    assert (one.awards, one.awarded_cases, one.unread) == (2, 2, 1)


async def test_a_later_stand_is_compared_with_that_of_others_of_the_specialty(shop: Watched) -> None:
    eve = msgspec.structs.replace(ana, id="eve", handle="dr_eve", specialty=ben.specialty)
    await shop.database.write(lambda sql: people.add_many(sql, [eve], AT))
    await shop.case("room1")
    await shop.award("room1")
    await shop.over("room1")
    await shop.takes("room1", AT + 6 * DAY)
    await shop.case("room2", day=7)
    advice = (await shop.log("room2"))[1]
    await shop.does("room2", Corroborate, eve, target=advice.id, stance="disagree")
    await shop.over("room2")
    by_name, blind = (await shop.report()).history
    found = by_name.all
    assert (by_name.way, found.awarded, found.awarded_for, found.others, found.others_for) == ("identified", 1, 1, 1, 0)
    assert (found.alone, found.difference, found.p) == (1, 1.0, 1.0)
    assert [one.name for one in by_name.specialties] == ["toxicology"]
    assert (blind.all.awarded, blind.all.p) == (0, None)


async def test_words_that_were_erased_are_no_stand(shop: Watched) -> None:
    await shop.case("room1")
    await shop.award("room1")
    await shop.over("room1")
    await shop.database.write(lambda sql: erase(sql, "room1", 2, AT))
    assert (await shop.report()).stances["unnamed"] == 1


async def test_moderators_are_told_once_of_what_is_beyond_a_bound(shop: Watched) -> None:
    await shop.case("room1")
    assert await shop.tell() == []
    for _ in range(ENOUGH):
        await shop.award("room1", cents=500)
    await shop.over("room1")
    raised = {one.kind for one in (await shop.report()).alarms if one.raised}
    assert {"one_author", "own_products"} <= raised and "history" not in raised
    for _ in range(2):
        told = await shop.tell()
        assert {AUTHOR, OWN} <= set(told) and len(told) == len(set(told)) == len(raised)


@pytest.mark.parametrize("name", SHEETS)
async def test_each_table_has_a_row_for_each_line(shop: Watched, name: str) -> None:
    await shop.case("room1")
    await shop.shown("room1", 60)
    await shop.award("room1")
    await shop.over("room1")
    head, *rows = sheet(await shop.report(), name).splitlines()
    assert head.startswith("from,to,") and rows
    assert {row.count(",") for row in rows} == {head.count(",")}
