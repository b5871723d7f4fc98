"""What is scored of people, over SQLite and a real PostgreSQL."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, cast

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.util import await_only
from sqlmodel import Session, update

from persistence import people, tables
from persistence.credibility.anew import forget
from persistence.credibility.book import WordBook
from persistence.credibility.chore import Scoring
from persistence.credibility.counting import Read, count
from persistence.credibility.merit import merit
from persistence.credibility.reading import calibration, items, standings, tallies
from persistence.credibility.tables import Credibility, ScoredItem
from persistence.credibility.ties import independent_peers, ties
from persistence.journal import open_journal
from persistence.logbook import events
from persistence.moderation.flags import decide
from persistence.moderation.sanctions import impose, lift
from persistence.moderation.tables import Endorsement, Flag
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from persistence.verification.vouches import vouch
from realtime.ports import Directory
from realtime.rooms.commands import Close, Corroborate, Opine, Outcome, Post
from realtime.rooms.credibility.calibration import Bin
from realtime.rooms.credibility.scoring import scored
from realtime.rooms.credibility.shrinkage import Tally, fitted, shrunk
from realtime.rooms.credibility.weighing import Word, pooling_weight
from realtime.rooms.events import canonical
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Person
from tests.builders import PEOPLE, ana, ben, cleo, mo
from tests.persistence.appends import opens
from tests.persistence.shop import Shop

BITE = Diagnosis(dx="Krait bite", probability=0.6)
STROKE = Diagnosis(dx="Stroke", probability=0.3)


class Score(Shop):
    """A shop whose workers score. `told`: whose record they said had changed."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.news: list[str] = []

    async def step(self, workers: int = 1) -> None:
        """So many workers, each begun anew, score at the same time."""

        async def changed(people: Sequence[str]) -> None:
            self.news += people

        chores = [Scoring(self.database, self.journal, lambda: self.now_ms, changed) for _ in range(workers)]
        await asyncio.gather(*(chore.step() for chore in chores))

    async def case(self, room: str, diagnosis: str = "Krait bite", **parts: Any) -> str:
        """A closed case in which ben gave an opinion, and ana agreed with what he advised."""
        await self.journal.append(opens(room, **parts))
        await self.does(room, Opine, ben, differential=[BITE, STROKE])
        advice = await self.does(room, Post, ben, text="Antivenom.", kind="recommendation")
        await self.does(room, Corroborate, ana, target=advice.id, stance="agree")
        await self.does(room, Close, disposition="advised", summary="Done.")
        await self.turns_out(room, diagnosis, advice.id)
        return room

    async def turns_out(self, room: str, diagnosis: str | None, *right: str, verdict: str = "confirmed") -> None:
        await self.does(room, Outcome, verdict=verdict, diagnosis=diagnosis, supports=list(right), contradicts=[])

    async def sums(self) -> dict[tuple[str, str, str], Tally]:
        return {
            (row.person, row.specialty, row.kind): Tally(row.n, row.sum, row.squares)
            for row in await self.all(Credibility)
        }

    async def made_anew(self) -> dict[tuple[str, str, str], Tally]:
        """The same, taken from all items."""
        taken: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        for row in await self.all(ScoredItem):
            taken[row.person, row.specialty, row.kind].append(row.score)
        return {key: Tally(len(of), sum(of), sum(one**2 for one in of)) for key, of in taken.items()}

    async def scored(self) -> set[tuple[str, str, int]]:
        return {(row.person, row.kind, row.score) for row in await self.all(ScoredItem)}


@pytest.fixture
async def scores(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Score]:
    journal = open_journal(database)
    yield Score(database, journal, tmp_path)
    await journal.close()


async def test_a_case_is_scored_once_its_outcome_is_known(scores: Score) -> None:
    await scores.journal.append(opens("room1"))
    await scores.does("room1", Opine, ben, differential=[BITE, STROKE])
    await scores.step()
    assert await scores.scored() == set()
    await scores.turns_out("room1", "Krait bite")
    await scores.step()
    assert await scores.scored() == {("ben", "opinion", 875)}
    assert scores.news == ["ben"]
    assert [row.rescore_at for row in await scores.all(tables.Room)] == [None]


async def test_an_addendum_scores_anew_and_what_is_not_known_any_more_goes(scores: Score) -> None:
    room = await scores.case("room1")
    await scores.step()
    assert await scores.scored() == {("ben", "opinion", 875), ("ana", "stance", 1_000)}
    await scores.turns_out(room, "Stroke")
    await scores.step()
    assert await scores.scored() == {("ben", "opinion", 575)}
    await scores.turns_out(room, None, verdict="unknown")
    await scores.step()
    assert await scores.scored() == set()
    assert await scores.sums() == {}


async def test_the_same_outcome_said_again_changes_nobodys_record(scores: Score) -> None:
    room = await scores.case("room1")
    await scores.step()
    scores.news.clear()
    await scores.turns_out(room, "Krait bite", (await scores.log(room))[2].id)
    await scores.step()
    assert scores.news == ["ana", "ben"], "by which outcome is another"
    assert await scores.scored() == {("ben", "opinion", 875), ("ana", "stance", 1_000)}


async def test_many_workers_in_any_order_and_a_count_from_nothing_give_the_same(scores: Score) -> None:
    random = Random(16)
    rooms = []
    for n in range(10):
        specialty = ("cardiology", "toxicology")[n % 2]
        rooms.append(
            await scores.case(f"room{n}", ("Krait bite", "Stroke", "Migraine")[n % 3], specialties=[specialty])
        )
        if n % 3 == 0:
            await scores.step(workers=3)
    for room in random.sample(rooms, 6):
        await scores.turns_out(room, random.choice(["Stroke", "Krait bite", "unknown"]))
        if random.random() < 0.5:
            await scores.step(workers=2)
    await scores.step(workers=3)
    kept = (await scores.sums(), {(row.room, row.event, row.score) for row in await scores.all(ScoredItem)})
    assert kept[0] == await scores.made_anew()
    assert {specialty for _, specialty, _ in kept[0]} == {"cardiology", "toxicology"}

    assert await scores.database.write(forget) == len(rooms)
    assert await scores.sums() == {}
    await scores.step(workers=3)
    assert (await scores.sums(), {(row.room, row.event, row.score) for row in await scores.all(ScoredItem)}) == kept


@pytest.mark.parametrize("kind", ["postgres"])
async def test_a_count_from_nothing_waits_for_a_worker_who_is_at_a_case(scores: Score, database: Postgres) -> None:
    room = await scores.case("room1")
    await scores.step()
    await scores.turns_out(room, "Stroke")
    (row,) = await scores.all(tables.Room)
    found = scored([event async for event in events(scores.journal, room)])
    counted, free = asyncio.Event(), asyncio.Event()

    def slow(session: Session) -> None:
        count(session, Read(room, found, row.seq, row.rescore_at or 0))
        counted.set()
        await_only(free.wait())

    working = asyncio.create_task(database.write(slow))
    await counted.wait()
    forgetting = asyncio.create_task(database.write(forget))
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(4):
        while not await database.read(lambda session: session.execute(waits).scalar()):
            assert not forgetting.done()
    free.set()
    await working
    assert await forgetting == 1
    await scores.step()
    assert await scores.scored() == {("ben", "opinion", 575)}
    assert await scores.sums() == await scores.made_anew() != {}


async def test_a_case_that_cannot_be_read_keeps_no_other_out(scores: Score, database: Sqlite | Postgres) -> None:
    await scores.case("room1")
    await scores.case("room2")
    broken = update(tables.Event).where(tables.Event.room == "room1", tables.Event.seq == 2)  # type: ignore[arg-type]
    await database.write(lambda session: session.execute(broken.values(kind="closed")))
    await scores.step()
    assert {row.room for row in await scores.all(ScoredItem)} == {"room2"}


async def test_a_record_says_what_its_items_come_to_and_names_their_events(
    scores: Score, database: Sqlite | Postgres
) -> None:
    await scores.case("room1")
    await scores.case("room2", "Stroke")
    await scores.step()
    (opinion,) = await database.read(lambda sql: standings(sql, "ben"))
    assert (opinion.kind, opinion.n, opinion.mean) == ("opinion", 2, 0.725)
    bins = await database.read(lambda sql: calibration(sql, "ben", "cardiology"))
    assert bins == [Bin(0.3, 2, 0.3, 1), Bin(0.6, 2, 0.6, 1)]
    newest = await database.read(lambda sql: items(sql, "ben", None, 1))
    rest = await database.read(lambda sql: items(sql, "ben", (newest[0].at, newest[0].room, newest[0].event)))
    assert [line.room for line in newest + rest] == ["room2", "room1"]
    log = {record.id: record.kind for record in await scores.log("room1")}
    assert (log[rest[0].event], log[rest[0].outcome]) == ("opined", "outcome")


def known(session: Session, person: str, *given: int, at: int = 1_000, kind: str = "opinion") -> None:
    """Have these scores of a person, and what they come to."""
    for n, score in enumerate(given):
        row: dict[str, Any] = {
            "room": f"{person}{kind}{at}",
            "event": f"e{n}",
            "outcome": "z",
            "loss": None,
            "forecasts": canonical([]),
        }
        session.add(ScoredItem(**row, person=person, specialty="cardiology", kind=kind, at=at + n, score=score))
    whole = Tally(len(given), sum(given), sum(score**2 for score in given))
    session.merge(Credibility(person=person, specialty="cardiology", kind=kind, **whole._asdict()))


async def peopled(database: Sqlite | Postgres) -> None:
    """Everybody has an account, five peers have a middling record, and ben a good one."""

    def write(session: Session) -> None:
        people.add_many(session, PEOPLE.values(), 1)
        for n in range(5):
            known(session, f"peer{n}", *[500, 600] * 5)
        known(session, "ben", *[800] * 10)

    await database.write(write)


async def test_merit_is_a_record_that_is_better_than_the_median(database: Sqlite | Postgres) -> None:
    await peopled(database)
    assert await database.read(lambda sql: merit(sql, "ben"))
    assert not await database.read(lambda sql: merit(sql, "peer1"))
    assert not await database.read(lambda sql: merit(sql, "ana"))


async def test_a_sanction_begins_it_anew_until_it_is_lifted(database: Sqlite | Postgres) -> None:
    await peopled(database)
    said: dict[str, Any] = {"person": "ben", "reason": "A false claim.", "by": "mo", "until": None}
    warned = await database.write(lambda sql: impose(sql, kind="warn", now_ms=5_000, **said).id)
    assert not await database.read(lambda sql: merit(sql, "ben"))
    await database.write(lambda sql: known(sql, "ben", *[900] * 10, at=6_000))
    assert await database.read(lambda sql: merit(sql, "ben")), "what was said since is a record too"
    await database.write(lambda sql: impose(sql, kind="warn", now_ms=9_000, **said))
    assert not await database.read(lambda sql: merit(sql, "ben"))
    await database.write(lambda sql: lift(sql, warned, "It was true.", "mo", 9_500))
    assert not await database.read(lambda sql: merit(sql, "ben")), "the other one stands"


@pytest.mark.parametrize(
    ("reason", "decision", "stays"),
    [("danger", "upheld", False), ("danger", "dismissed", True), ("adverse_event", "upheld", True)],
)
async def test_so_does_a_flag_that_was_upheld(
    scores: Score, database: Sqlite | Postgres, reason: str, decision: Any, stays: bool
) -> None:
    await peopled(database)
    await scores.journal.append(opens("room1"))
    post = await scores.does("room1", Post, ben, text="Antivenom.")
    flag: dict[str, Any] = {
        "id": "f1",
        "target": post.id,
        "reason": reason,
        "note": None,
        "role": "physician",
        "kind": "",
        "told": False,
    }

    def write(session: Session) -> None:
        session.add(Flag(**flag, room="room1", person="ana", digest=b"", at=4_000))
        session.flush()
        decide(session, "room1", post.id, decision, "So it is.", mo.id, 5_000)

    await database.write(write)
    assert await database.read(lambda sql: merit(sql, "ben")) is stays


async def test_ties_are_houses_vouches_and_habits(database: Sqlite | Postgres) -> None:
    await peopled(database)

    def write(session: Session) -> None:
        for by, author, rooms in (("ana", "ben", 5), ("ben", "ana", 5), ("cleo", "ben", 1), ("mo", "ben", 9)):
            session.add(Endorsement(by=by, author=author, rooms=rooms, posts=rooms))
        for n in range(40):
            session.add(Endorsement(by=f"peer{n}", author=f"peer{n + 1}", rooms=2, posts=5))
        vouch(session, "ana", "cleo", 1)

    await database.write(write)
    found = await database.read(lambda sql: ties(sql, "ben"))
    assert set(found) == {"ana", "cleo", "mo"}
    assert (found["ana"].rooms, found["ana"].posts) == ((5, 5), (5, 5))
    assert found["ana"].expected == pytest.approx((5 * 15 / 220, 5 * 5 / 220))
    assert not found["ana"].same_institution
    assert await database.read(lambda sql: independent_peers(sql, "ben")) == 2


class People:
    """Who is known to a node."""

    def known(self, person: str) -> Person | None:
        return PEOPLE.get(person)


async def test_a_word_weighs_by_calibration_and_independence(database: Sqlite | Postgres) -> None:
    await peopled(database)
    passed_s = 0.0
    book = WordBook(database, cast(Directory, People()), lambda: passed_s)

    def word(by: str, author: str, specialty: str = "cardiology") -> Word | None:
        return book.word(PEOPLE[by], author, specialty)

    assert word("ben", "ana") == Word(0.6, same_house=False), "as a physician of whom nothing is known"
    await book.refresh()
    known_weight = word("ben", "ana")
    assert known_weight is not None
    assert known_weight.weight > 0.6
    assert word("ben", "ana", "toxicology") == Word(0.6, same_house=False)
    assert word("ben", "stranger") is None

    def tie(session: Session) -> None:
        for by, author, rooms in (("ana", "ben", 5), ("ben", "ana", 5), ("cleo", "ben", 1)):
            session.add(Endorsement(by=by, author=author, rooms=rooms, posts=rooms))
        for n in range(40):
            session.add(Endorsement(by=f"peer{n}", author=f"peer{n + 1}", rooms=2, posts=5))
        vouch(session, "ana", "cleo", 1)

    await database.write(tie)
    await book.refresh()
    assert word("ben", "ana") == known_weight, "asked for once a minute"
    passed_s = 61.0
    await book.refresh()
    found = word("ben", "ana")
    assert found is not None
    assert found.weight < 0.2 * known_weight.weight
    assert word("cleo", "ana") == Word(word_of_peers(await database.read(tallies_of_all)), same_house=False)


async def test_an_opinion_weighs_by_calibration_once_ten_were_scored(database: Sqlite | Postgres) -> None:
    await peopled(database)
    await database.write(lambda sql: known(sql, "cleo", *[900] * 9))
    book = WordBook(database, cast(Directory, People()))
    assert book.voice(ben, "cardiology") is None, "nothing was read yet"
    await book.refresh()
    everybody = await database.read(tallies_of_all)
    prior = fitted(everybody)
    own = pooling_weight(shrunk(Tally(10, 8_000, 6_400_000), prior), prior.mean)
    assert book.voice(ben, "cardiology") == round(own, 2) > 1
    assert book.voice(ben, "toxicology") is None
    assert [book.voice(one, "cardiology") for one in (ana, cleo)] == [None, None], "none, and nine"
    peer = msgspec.structs.replace(ana, id="peer0")
    below = book.voice(peer, "cardiology")
    assert below is not None and 0.05 <= below < 1


def tallies_of_all(session: Session) -> list[Tally]:
    return list(tallies(session, "cardiology", "opinion").values())


def word_of_peers(everybody: list[Tally]) -> float:
    """A vouch halves it."""
    return round(fitted(everybody).mean / 2, 2)


async def test_who_shares_a_house_weighs_half(database: Sqlite | Postgres) -> None:
    book = WordBook(database, cast(Directory, People()))
    mate = msgspec.structs.replace(ana, id="mate")
    assert book.word(mate, "ana", "cardiology") == Word(0.3, same_house=True)
    nowhere = msgspec.structs.replace(ana, institution="")
    assert book.word(nowhere, "ben", "cardiology") == Word(0.6, same_house=None)
