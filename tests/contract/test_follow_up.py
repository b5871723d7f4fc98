"""Following cases up, over SQLite and a real PostgreSQL: reminders, and word for those who helped."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from persistence.follow_up.chore import FollowUp
from persistence.follow_up.owed import owed_by
from persistence.follow_up.telling import KNOWN, TURNED_OUT
from persistence.journal import open_journal
from persistence.moderation.tables import Notice
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.rooms.commands import Outcome, Post
from realtime.rooms.follow_up import DAY_MS, HOUR_MS, NUDGES, QUESTIONS
from tests.builders import ben
from tests.persistence.shop import Shop

WHOLE = dict.fromkeys(QUESTIONS, "unknown")


class Rounds(Shop):
    """A shop whose workers follow cases up; its clock stands at the close of the last one."""

    async def step(self, after_ms: int = 0, workers: int = 1) -> None:
        """So many workers, each begun anew, look at the same time."""
        self.now_ms += after_ms
        chores = [FollowUp(self.database, self.journal, lambda: self.now_ms) for _ in range(workers)]
        await asyncio.gather(*(chore.step() for chore in chores))

    async def closed_room(self, room: str = "room1") -> str:
        """A room of cleo's with a recommendation of ben's, closed just now."""
        await self.open_room(room)
        await self.does(room, Post, ben, text="Antivenom now.", kind="recommendation")
        await self.close(room)
        self.now_ms = (await self.log(room))[-1].at
        return room

    async def answers(self, room: str, **answers: Any) -> None:
        await self.does(room, Outcome, verdict="unknown", **answers)

    async def notices_of(self, person: str) -> list[Notice]:
        """The notices made for `person`, the oldest first."""
        found = [row for row in await self.all(Notice) if row.person == person]
        return sorted(found, key=lambda row: row.at)


@pytest.fixture
async def rounds(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Rounds]:
    journal = open_journal(database)
    yield Rounds(database, journal, tmp_path)
    await journal.close()


async def test_a_presenter_is_reminded_as_the_table_says_and_then_no_more(rounds: Rounds) -> None:
    await rounds.closed_room()
    closed_at = rounds.now_ms
    for _ in range(130):
        await rounds.step(DAY_MS // 2)
    assert [row.at - closed_at for row in await rounds.notices_of("cleo")] == [nudge.after_ms for nudge in NUDGES]
    assert {(row.kind, row.room) for row in await rounds.notices_of("cleo")} == {("follow_up", "room1")}


async def test_many_workers_remind_once(rounds: Rounds) -> None:
    rooms = [await rounds.closed_room(f"room{n}") for n in range(5)]
    await rounds.step(workers=3)
    await rounds.step(DAY_MS, workers=3)
    assert sorted(row.room or "" for row in await rounds.notices_of("cleo")) == rooms


async def test_whoever_was_away_for_long_is_told_once_on_their_way_back(rounds: Rounds) -> None:
    await rounds.closed_room()
    await rounds.step(60 * DAY_MS)
    await rounds.step(60 * DAY_MS)
    assert len(await rounds.notices_of("cleo")) == 1


async def test_what_was_answered_is_not_asked_again(rounds: Rounds) -> None:
    room = await rounds.closed_room()
    await rounds.answers(room, state_24h="Stable.")
    await rounds.step(DAY_MS)
    assert await rounds.notices_of("cleo") == []
    await rounds.step(6 * DAY_MS)
    assert len(await rounds.notices_of("cleo")) == 1
    await rounds.answers(room, **WHOLE)
    await rounds.step(100 * DAY_MS)
    assert len(await rounds.notices_of("cleo")) == 1


async def test_those_who_helped_hear_of_the_first_outcome_and_of_the_whole_one(rounds: Rounds) -> None:
    room = await rounds.closed_room()
    await rounds.step()
    assert await rounds.notices_of("ben") == []
    for answers in ({"harm": False}, {"harm": False, "state_24h": "Stable."}, WHOLE, WHOLE | {"harm": True}):
        await rounds.answers(room, **answers)
        await rounds.step(HOUR_MS, workers=2)
    told = await rounds.notices_of("ben")
    assert [(row.kind, row.room) for row in told] == [("follow_up", room)] * 2
    assert all("ntivenom" not in row.text and "Stable" not in row.text for row in told)


async def test_an_author_hears_how_their_advice_turned_out_and_again_when_that_is_said_otherwise(
    rounds: Rounds,
) -> None:
    room = await rounds.closed_room()
    advice = (await rounds.log(room))[1].id
    for answers in ({"harm": False}, {"supports": [advice]}, {"supports": [advice]}, {"contradicts": [advice]}):
        await rounds.answers(room, **answers)
        await rounds.step(HOUR_MS)
    told = [row.text for row in await rounds.notices_of("ben")]
    assert told == [KNOWN, f"{KNOWN} {TURNED_OUT['right']}", f"{KNOWN} {TURNED_OUT['wrong']}"]


async def test_a_case_that_cannot_be_read_keeps_no_other_from_being_followed_up(
    rounds: Rounds, database: Sqlite | Postgres
) -> None:
    for room in ("room1", "room2"):
        await rounds.closed_room(room)
    broken = text("UPDATE event SET kind = 'pinned' WHERE room = 'room1' AND seq = 2")
    await database.write(lambda session: session.connection().execute(broken))
    await rounds.step(DAY_MS)
    assert [row.room for row in await rounds.notices_of("cleo")] == ["room2"]


async def test_what_is_owed_is_listed_for_its_presenter_until_all_is_answered(
    rounds: Rounds, database: Sqlite | Postgres
) -> None:
    async def listed(person: str) -> list[str]:
        return [card.case.id for card in await database.read(lambda session: owed_by(session, person))]

    await rounds.open_room("open")
    first, second = await rounds.closed_room("first"), await rounds.closed_room("second")
    assert sorted(await listed("cleo")) == [first, second] and await listed("ben") == []
    await rounds.answers(first, harm=False)
    await rounds.answers(second, **WHOLE)
    assert await listed("cleo") == [first]
