"""Observing over SQLite and a real PostgreSQL: agreements, the record of what was shown, metering over two nodes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple, NoReturn, cast

import msgspec
import pytest
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from persistence.database import Database
from persistence.observers import institutions, tables
from persistence.observers.observing import AT_ONCE, Ending, SqlObserving
from persistence.observers.record import ALIVE_MS, observed
from persistence.observers.stretches import REPORT_MS, Report, reported
from realtime.errors import Unavailable
from realtime.observing import Stretch, Way
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from tests.agreed import HOUR_MS, agreed
from tests.builders import AT, obi
from tests.live import Lines

eve = msgspec.structs.replace(obi, id="eve", handle="eve_corp")
fay = msgspec.structs.replace(obi, id="fay", handle="fay_corp")


class Clock:
    """A time that tests set."""

    def __init__(self) -> None:
        self.ms = AT

    def __call__(self) -> int:
        return self.ms


class At:
    """A reader who has been shown everything up to `cursor`."""

    def __init__(self, cursor: int) -> None:
        self.cursor = cursor


class Counted:
    """A database that counts the calls of each of its methods."""

    def __init__(self, database: Database) -> None:
        self.calls: Counter[str] = Counter()
        self._database = database

    def __getattr__(self, name: str) -> Any:
        self.calls[name] += 1
        return getattr(self._database, name)


class Meanwhile:
    """A database where `then` is called once, after the next write is on disk and before the writer knows."""

    def __init__(self, database: Database) -> None:
        self.then: Callable[[], None] | None = None
        self._database = database

    async def write(self, fn: Callable[[Session], Any]) -> Any:
        written = await self._database.write(fn)
        then, self.then = self.then, None
        if then is not None:
            then()
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


@pytest.fixture
async def meanwhile(nodes: list[SqlObserving], database: Database, clock: Clock) -> AsyncIterator["Interrupted"]:
    """A third node, in the midst of whose writes something happens."""
    between = Meanwhile(database)
    node = SqlObserving(cast(Database, between), Lines(), "node2", clock)
    await node.tick()
    yield Interrupted(node, between)
    await node.close()


class Interrupted(NamedTuple):
    """A node and its database."""

    node: SqlObserving
    database: Meanwhile


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def nodes(database: Database, clock: Clock) -> AsyncIterator[list[SqlObserving]]:
    """Two nodes on one database, where obi's institution has an agreement that three people accepted."""
    await agreed(database, [obi, eve, fay])
    made = [SqlObserving(database, Lines(), f"node{n}", clock) for n in range(2)]
    for node in made:
        await node.tick()
    yield made
    for node in made:
        await node.close()


async def begun(node: SqlObserving, person: Person = obi, room: str = "case1", after: int = 0) -> Stretch:
    return await node.begin(person, await node.permit(person), room, after, "stream")


async def rows(database: Database) -> list[tables.Stretch]:
    table = tables.Stretch
    return await database.read(lambda session: list(session.exec(select(table).order_by(col(table.began_at)))))


async def used_ms(database: Database) -> int:
    table = tables.Institution
    return await database.read(lambda session: session.execute(columns(col(table.used_ms))).scalar_one())


async def refusal(node: SqlObserving, person: Person) -> Refusal:
    with pytest.raises(Refused) as refused:
        await node.permit(person)
    return refused.value.refusal


async def test_a_stretch_stands_on_record_before_anything_is_shown(
    nodes: list[SqlObserving], database: Database
) -> None:
    await begun(nodes[0], after=3)
    (row,) = await rows(database)
    assert (row.person, row.institution, row.kind, row.agreement) == ("obi", "corp", "pharma", 1)
    assert (row.room, row.after, row.upto, row.ended_at) == ("case1", 3, 3, None)


async def test_its_end_is_on_record_soon_and_its_progress_each_minute(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    stretch = await begun(nodes[0])
    stretch.reader = reader = At(5)
    clock.ms += 60_000
    await nodes[0].tick()
    (row,) = await rows(database)
    assert (row.upto, row.listened_until, row.ended_at) == (5, AT + 60_000, None)
    reader.cursor, clock.ms = 9, clock.ms + 1_500
    nodes[0].end(stretch)
    nodes[0].end(stretch)
    await nodes[0].tick()
    (row,) = await rows(database)
    assert (row.upto, row.listened_until, row.ended_at) == (9, AT + 61_500, AT + 61_500)
    assert await used_ms(database) == 61_500


async def test_what_ends_while_its_progress_is_written_has_its_end_on_record(
    meanwhile: Interrupted, database: Database, clock: Clock
) -> None:
    stretch = await begun(meanwhile.node)
    stretch.reader = reader = At(5)

    def end() -> None:
        reader.cursor, clock.ms = 9, clock.ms + 1_500
        meanwhile.node.end(stretch)

    clock.ms += 60_000
    meanwhile.database.then = end
    await meanwhile.node.tick()
    await meanwhile.node.tick()
    (row,) = await rows(database)
    assert (row.upto, row.listened_until, row.ended_at) == (9, AT + 61_500, AT + 61_500)
    assert await used_ms(database) == 61_500
    assert meanwhile.node.meter.institutions == []


def away() -> NoReturn:
    raise Unavailable()


async def test_what_begins_on_record_though_nobody_was_told_ends_there_too(
    meanwhile: Interrupted, database: Database
) -> None:
    meanwhile.database.then = away
    with pytest.raises(Unavailable):
        await begun(meanwhile.node)
    await meanwhile.node.tick()
    (row,) = await rows(database)
    assert (row.upto, row.listened_until, row.ended_at) == (0, AT, AT)
    assert meanwhile.node.meter.institutions == []


async def test_what_begins_for_one_who_gave_up_meanwhile_ends(meanwhile: Interrupted, database: Database) -> None:
    coming = asyncio.ensure_future(begun(meanwhile.node))
    meanwhile.database.then = coming.cancel  # type: ignore[assignment]
    with pytest.raises(asyncio.CancelledError):
        await coming
    await meanwhile.node.close()
    (row,) = await rows(database)
    assert (row.upto, row.ended_at) == (0, AT)


async def test_a_clock_that_is_set_back_ends_no_stretch_before_it_began(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    stretch = await begun(nodes[0])
    clock.ms -= 5_000
    nodes[0].end(stretch)
    await nodes[0].tick()
    (row,) = await rows(database)
    assert (row.began_at, row.listened_until, row.ended_at) == (AT, AT, AT)


async def test_a_report_that_is_repeated_adds_nothing(nodes: list[SqlObserving], database: Database) -> None:
    report = Report(await begun(nodes[0]), 2, AT + 7_000, True)
    for _ in range(2):
        await database.write(lambda session: reported(session, [report]))
    assert await used_ms(database) == 7_000


async def test_many_who_come_at_once_are_a_few_inserts(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    counted = Counted(database)
    node = SqlObserving(cast(Database, counted), Lines(), "node2", clock)
    await node.tick()
    permit = await node.permit(obi)
    counted.calls.clear()
    await asyncio.gather(*(node.begin(obi, permit, f"case{n % 2}", 0, "stream") for n in range(1_000)))
    assert counted.calls["write"] <= 1_000 // AT_ONCE + 1
    assert len(await rows(database)) == 1_000
    await node.close()


async def test_more_people_than_the_plan_has_seats_are_refused_on_any_node(
    nodes: list[SqlObserving], clock: Clock
) -> None:
    await begun(nodes[0], obi)
    await begun(nodes[0], obi)  # the same person in the same room
    await begun(nodes[0], eve)
    with pytest.raises(Refused) as refused:
        await begun(nodes[0], fay)
    assert refused.value.refusal is Refusal.SEATS_TAKEN
    clock.ms += 1_000
    for node in nodes:
        await node.tick()
    with pytest.raises(Refused):
        await begun(nodes[1], fay)


async def test_hours_count_over_all_nodes_and_end_the_streams_when_they_are_used_up(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    first, second = await begun(nodes[0], obi), await begun(nodes[1], eve)
    endings: list[Ending] = []
    clock.ms += HOUR_MS // 2 - 5_000
    while not endings:
        clock.ms += 1_000
        for node in nodes:
            endings += await node.tick()
    assert {stretch for ending in endings for stretch in ending.stretches} <= {first, second}
    assert {ending.why for ending in endings} == {Refusal.HOURS_USED}
    # Two listen: the hour is used up after half of one, to about a second of each node.
    assert clock.ms - AT - HOUR_MS // 2 <= 2_000
    assert await refusal(nodes[1], obi) is Refusal.HOURS_USED
    nodes[0].end(first)
    nodes[1].end(second)
    for node in nodes:
        await node.tick()
    assert await used_ms(database) == sum(row.listened_until - row.began_at for row in await rows(database))


async def test_what_a_node_that_died_held_is_free_after_ten_seconds(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    await begun(nodes[0], obi)
    await begun(nodes[0], eve)
    clock.ms += 1_000
    await nodes[0].tick()
    await nodes[1].tick()
    assert nodes[1].agreements.seats_elsewhere("corp") == 2
    clock.ms += 10_001
    await nodes[1].tick()
    assert nodes[1].agreements.seats_elsewhere("corp") == 0


@pytest.mark.parametrize("ahead_ms", [7_200_000, -7_200_000])
async def test_what_a_node_holds_whose_clock_is_wrong_counts_as_long_as_it_speaks(
    nodes: list[SqlObserving], database: Database, clock: Clock, ahead_ms: int
) -> None:
    wrong = Clock()
    wrong.ms += max(0, ahead_ms)
    clock.ms += max(0, -ahead_ms)
    node = SqlObserving(database, Lines(), "node2", wrong)
    await node.tick()
    await begun(node, obi)
    await begun(node, eve)
    for _ in range(2):
        wrong.ms += 1_000
        await node.tick()
        await nodes[0].tick()
    assert nodes[0].agreements.seats_elsewhere("corp") == 2
    clock.ms += 10_001
    await nodes[0].tick()
    assert nodes[0].agreements.seats_elsewhere("corp") == 0
    await node.close()


async def test_what_a_node_held_that_died_long_ago_is_free_for_one_that_begins(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    await begun(nodes[0], obi)
    clock.ms += 1_000
    await nodes[0].tick()
    clock.ms += 60_000
    await nodes[1].tick()
    assert nodes[1].agreements.seats_elsewhere("corp") == 0


async def test_an_institution_that_was_added_a_moment_ago_may_observe_at_once(
    nodes: list[SqlObserving], database: Database
) -> None:
    gus = msgspec.structs.replace(obi, id="gus", handle="gus", institution="Added now")
    with pytest.raises(Refused):
        await nodes[0].permit(gus)
    await agreed(database, [gus], name="Added now")
    assert (await nodes[0].permit(gus)).institution == "Added now"


async def test_the_end_of_the_term_ends_the_streams(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    await database.write(lambda session: institutions.renew(session, "corp", AT, AT + 5_000, 2, 1))
    await nodes[0].tick()
    stretch = await begun(nodes[0])
    clock.ms += 4_999
    assert await nodes[0].tick() == []
    clock.ms += 1
    (ending,) = await nodes[0].tick()
    assert (ending.stretches, ending.why) == ([stretch], Refusal.TERM_OVER)
    assert await refusal(nodes[0], obi) is Refusal.TERM_OVER


async def test_a_suspension_ends_everything_on_every_node_until_it_is_taken_back(
    nodes: list[SqlObserving], database: Database
) -> None:
    stretches = [await begun(nodes[0], obi), await begun(nodes[1], eve)]
    await database.write(lambda session: institutions.suspend(session, "corp", "Tried to name a patient.", AT))
    for node, stretch in zip(nodes, stretches, strict=True):
        (ending,) = await node.tick()
        assert (ending.stretches, ending.why) == ([stretch], Refusal.SUSPENDED)
        assert node.agreements.suspended() == {"corp"}
        assert node.known(obi) is None and await refusal(node, obi) is Refusal.SUSPENDED
    await database.write(lambda session: institutions.resume(session, "corp"))
    await nodes[0].tick()
    assert await nodes[0].permit(obi) == stretches[0].permit


async def test_a_new_version_must_be_accepted_anew_and_ends_what_began_under_the_old_one(
    nodes: list[SqlObserving], database: Database
) -> None:
    stretch = await begun(nodes[0])
    await database.write(lambda s: institutions.agree(s, "corp", text="Less.", uses=["HRESCH"], now_ms=AT))
    (ending,) = await nodes[0].tick()
    assert (ending.stretches, ending.why) == ([stretch], None)
    assert await refusal(nodes[0], obi) is Refusal.NOT_ACCEPTED
    await database.write(lambda session: institutions.accept(session, ["obi"], "corp", 2, AT))
    permit = await nodes[0].permit(obi)
    assert (permit.agreement, permit.purposes) == (2, frozenset({"HRESCH"}))


async def test_who_has_accepted_nothing_or_has_no_institution_is_told_so(nodes: list[SqlObserving]) -> None:
    assert await refusal(nodes[0], msgspec.structs.replace(obi, id="new")) is Refusal.NOT_ACCEPTED
    assert await refusal(nodes[0], msgspec.structs.replace(obi, institution="none")) is Refusal.NO_AGREEMENT


async def test_the_presenter_sees_institutions_ranges_and_exports_and_no_person(
    nodes: list[SqlObserving], database: Database
) -> None:
    stretch = await begun(nodes[0], obi)
    stretch.reader = At(4)
    read = await nodes[0].begin(eve, await nodes[0].permit(eve), "case1", 2, "read")
    read.reader = At(9)
    for one in (stretch, read):
        nodes[0].end(one)
    await nodes[0].tick()
    (record,) = await database.read(lambda session: observed(session, "case1", AT))
    assert (record.institution, record.kind, record.purposes) == ("corp", "pharma", ["HRESCH", "PATSFTY"])
    assert (record.people, record.now, record.exported) == (2, 0, True)
    assert sorted((one.after, one.upto, one.exported) for one in record.ranges) == [(0, 4, False), (2, 9, True)]
    assert not any(name in msgspec.json.encode(record).decode() for name in ("obi", "eve"))


async def test_who_sat_on_a_node_that_died_does_not_sit_there_for_ever(
    nodes: list[SqlObserving], database: Database, clock: Clock
) -> None:
    await begun(nodes[0], obi)
    await begun(nodes[1], eve)
    clock.ms += REPORT_MS
    for node in nodes:
        await node.tick()
    clock.ms += ALIVE_MS
    await nodes[1].tick()
    (record,) = await database.read(lambda session: observed(session, "case1", clock.ms))
    assert (record.people, record.now) == (2, 1)
    assert {one.ended_at for one in record.ranges} == {None, AT + REPORT_MS}


async def test_the_record_of_a_case_counts_all_and_shows_the_newest_of_each_institution(
    nodes: list[SqlObserving], database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.observers.record.MOST_RANGES", 2)
    own = msgspec.structs.replace(obi, id="gus", handle="gus_trials", institution="trials")
    await agreed(database, [own], name="trials")
    await nodes[0].tick()
    for person, way in ((own, "read"), (obi, "read"), (eve, "stream"), (obi, "stream"), (obi, "stream")):
        clock.ms += 1
        stretch = await nodes[0].begin(person, await nodes[0].permit(person), "case1", 0, cast(Way, way))
        nodes[0].end(stretch)
    await begun(nodes[0], obi, "case2")
    await nodes[0].tick()
    corp, trials = await database.read(lambda session: observed(session, "case1", clock.ms))
    assert (corp.institution, corp.people, corp.now, corp.exported) == ("corp", 2, 0, True)
    assert [one.began_at for one in corp.ranges] == [AT + 5, AT + 4]
    assert (trials.institution, trials.people, len(trials.ranges), trials.exported) == ("trials", 1, 1, True)
