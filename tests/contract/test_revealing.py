"""Showing to all what each thinks it is, by the clock, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from persistence.journal import open_journal
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.rooms.chain import first_broken
from realtime.rooms.commands import Opine, Reveal
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import SYSTEM
from tests.builders import AT, ROOM, ana, ask, cleo
from tests.persistence.switchboard import RULES, Switchboard

STAT_MS, HOUR_MS = 60_000, 3_600_000
SILENT = RULES._replace(rings=False)
opinion = ask(Opine, id="o1", differential=[Diagnosis("Envenoming", 0.6)])


@pytest.fixture
async def board(database: Sqlite | Postgres) -> AsyncIterator[Switchboard]:
    journal = open_journal(database)
    board = Switchboard(database, journal, SILENT)
    await board.add()
    yield board
    await journal.close()


async def reveals(board: Switchboard) -> list[tuple[str, int]]:
    return [(event.by.person, event.at) for event in await board.log(ROOM) if event.kind == "revealed"]


async def test_it_happens_once_when_it_is_due_and_not_before(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.ask(ana, opinion)
    await board.pager().step()
    assert await board.due_at(ROOM) == AT + STAT_MS
    board.now_ms += STAT_MS - 1
    await board.pager().step()
    assert await reveals(board) == []
    board.now_ms += 1
    await board.pager().step()
    board.now_ms += HOUR_MS
    await board.pager().step()
    assert await reveals(board) == [(SYSTEM, AT + STAT_MS)]
    assert [[record.kind for record in told.records] for told in board.told] == [["revealed"]]
    assert await board.due_at(ROOM) is None


async def test_many_who_look_at_once_reveal_once(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.ask(ana, opinion)
    await board.pager().step()
    board.now_ms += STAT_MS
    await asyncio.gather(*(board.pager().step() for _ in range(4)))
    assert len(await reveals(board)) == 1
    assert first_broken(await board.journal.records(ROOM, 0, 100)) is None


async def test_the_presenter_may_be_first(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.ask(ana, opinion)
    await board.ask(cleo, ask(Reveal, id="r1"))
    board.now_ms += HOUR_MS
    await board.pager().step()
    assert [person for person, _ in await reveals(board)] == ["cleo"]


async def test_where_people_are_rung_it_happens_as_well(board: Switchboard) -> None:
    board.rules = RULES
    await board.open(ROOM, acuity="asap")
    await board.ask(ana, opinion)
    for _ in range(4):
        await board.pager().step()
        board.now_ms += STAT_MS
    assert [person for person, _ in await reveals(board)] == [SYSTEM]


async def test_where_nobody_is_to_be_rung_nobody_is(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.ask(ana, opinion)
    for _ in range(4):
        await board.pager().step()
        board.now_ms += 24 * HOUR_MS
    assert {event.kind for event in await board.log(ROOM)} == {"opened", "opined", "revealed"}
    assert await board.notices() == []


async def test_a_case_that_can_wait_is_revealed_by_nobody_but_its_presenter(board: Switchboard) -> None:
    await board.open(ROOM, acuity="urgent")
    await board.ask(ana, opinion)
    board.now_ms += 24 * HOUR_MS
    await board.pager().step()
    assert await reveals(board) == []
