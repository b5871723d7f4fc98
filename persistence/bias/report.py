"""The report of bias watch: read, counted and compared. Nothing of it is kept."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import msgspec

from persistence import people
from persistence.awards.watch import Counts, counts
from persistence.bias.alarms import Alarm, alarms
from persistence.bias.awarded import Given, Taken, given_in
from persistence.bias.awarded import taken as all_taken
from persistence.bias.concentration import Concentration
from persistence.bias.history import WAYS, History, history, lasts
from persistence.bias.products import Products
from persistence.bias.reading import declared, stands_in
from persistence.bias.reads import Read, reads_in, unread_in
from persistence.bias.stands import Stand
from persistence.bias.tallies import Author, OfProduct, Payer, Sides, Tallies
from persistence.database import Database
from persistence.months import Period
from realtime.ports import Journal
from realtime.rooms.people import Person

MOST_LOOKED_UP: Final = 500


class Observer(msgspec.Struct, frozen=True, kw_only=True):
    """An observer's reads beside their awards. `unread`: awards in cases that no record says they were shown before."""

    observer: str
    institution: str
    cases: int
    stretches: int
    exports: int
    seconds: int
    awards: int
    awarded_cases: int
    unread: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Of cases that were closed in `period`, as of `at` (Unix ms).

    `names`: handles, and `specialties`, of the people in it; who is not in the directory any more has none.
    """

    period: Period
    at: int
    awards: int
    void: int
    by_payer: Concentration
    by_author: Concentration
    stances: Sides
    payers: list[Payer]
    products: list[OfProduct]
    authors: list[Author]
    observers: list[Observer]
    history: list[History]
    alarms: list[Alarm]
    names: dict[str, str]
    specialties: dict[str, str]


class BiasWatch:
    """Reads the database; of the log what the database has of it."""

    def __init__(self, database: Database, journal: Journal, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._journal = journal
        self._now_ms = now_ms

    async def report(self, period: Period) -> Report:
        """The whole report. It reads the posts of all cases of the period. Raises `Unavailable`."""
        now_ms = self._now_ms()
        read = self._database.read
        given, taken = await read(lambda sql: given_in(sql, period)), await read(all_taken)
        reads, unread = await read(lambda sql: reads_in(sql, period)), await read(lambda sql: unread_in(sql, period))
        products, lately = await read(declared), await read(lambda sql: counts(sql, now_ms))
        found = _Found(given, taken, reads, unread, products, lately)
        stands = await stands_in(self._database, self._journal, found.products, period)
        named = {one.person for one in stands} | found.people
        known = await _directory(self._database, named)
        return await asyncio.to_thread(_report, period, now_ms, found, stands, known)

    async def enough(self, period: Period, least: int) -> bool:
        """Whether so many awards were revealed in it. Raises `Unavailable`."""
        return len(await self._database.read(lambda sql: given_in(sql, period))) >= least


class _Found(NamedTuple):
    given: list[Given]
    taken: list[Taken]
    reads: list[Read]
    unread: dict[tuple[str, str], int]
    products: Products
    lately: Counts

    @property
    def people(self) -> set[str]:
        """Whom the report names."""
        return {person for one in self.given for person in (one.author, one.giver)} | {one.person for one in self.reads}


async def _directory(database: Database, named: Iterable[str]) -> dict[str, Person]:
    known: dict[str, Person] = {}
    wanted = sorted(named)
    for start in range(0, len(wanted), MOST_LOOKED_UP):
        some = wanted[start : start + MOST_LOOKED_UP]
        known |= await database.read(lambda sql, some=some: people.find_many(sql, some))  # type: ignore[misc]
    return known


def _report(period: Period, now_ms: int, found: _Found, stands: set[Stand], known: dict[str, Person]) -> Report:
    tallies, last = Tallies(found.given, stands), lasts(stands)
    tests = [history(way, last, found.taken, lambda person: _specialty(known, person)) for way in WAYS]
    payers = tallies.payers()
    named = {person: known[person] for person in sorted(found.people) if person in known}
    return Report(
        period=period,
        at=now_ms,
        awards=sum(one.valid for one in found.given),
        void=sum(not one.valid for one in found.given),
        by_payer=tallies.by_payer,
        by_author=tallies.by_author,
        stances=tallies.stances,
        payers=payers,
        products=tallies.products(),
        authors=tallies.authors(),
        observers=_observers(found, tallies),
        history=tests,
        alarms=alarms(found.lately, payers, tests[0]),
        names={person: one.handle for person, one in named.items()},
        specialties={person: one.specialty for person, one in named.items() if one.specialty},
    )


def _observers(found: _Found, tallies: Tallies) -> list[Observer]:
    """Who awarded most first; also who was shown cases and awarded nothing, and the other way round."""
    reads, given = {(one.person, one.institution): one for one in found.reads}, tallies.given_by()
    rows = []
    for person, institution in sorted(reads.keys() | given.keys() | found.unread.keys()):
        read = reads.get((person, institution), Read(person, institution, 0, 0, 0, 0))
        awards, cases = given.get((person, institution), (0, 0))
        rows.append(
            Observer(
                observer=person,
                institution=institution,
                cases=read.cases,
                stretches=read.stretches,
                exports=read.exports,
                seconds=read.seconds,
                awards=awards,
                awarded_cases=cases,
                unread=found.unread.get((person, institution), 0),
            )
        )
    return sorted(rows, key=lambda one: (-one.awards, -one.cases, one.observer, one.institution))


def _specialty(known: dict[str, Person], person: str) -> str:
    one = known.get(person)
    return one.specialty if one is not None else ""
