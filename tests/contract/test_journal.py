"""What a journal promises, over SQLite and a real PostgreSQL."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from persistence import tables
from persistence.database import Database, open_database
from persistence.journal import SqlJournal, open_journal
from persistence.postgres import Postgres
from persistence.refused import refused
from persistence.sqlite import Sqlite
from realtime.errors import Conflict
from realtime.ports import Append
from realtime.rooms.chain import EMPTY, Head, first_broken
from tests.builders import AT
from tests.persistence.appends import opens, posts


@pytest.fixture
async def journal(database: Sqlite | Postgres) -> AsyncIterator[SqlJournal]:
    journal = open_journal(database)
    yield journal
    await journal.close()


@pytest.fixture
async def other_journal(tables_url: str, database: Sqlite | Postgres) -> AsyncIterator[SqlJournal]:
    """Another node's journal over the same database."""
    other = open_database(tables_url)
    journal = open_journal(other)
    yield journal
    await journal.close()
    await other.close()


async def test_what_was_appended_is_read_back_byte_for_byte(journal: SqlJournal) -> None:
    opening = opens("case1")
    answer = posts("case1", opening.head, "p1", "p2", "p3")

    await journal.append(opening)
    await journal.append(answer)

    every = [*opening.records, *answer.records]
    assert await journal.records("case1", after=0, limit=100) == every
    assert first_broken(await journal.records("case1", after=0, limit=100)) is None


async def test_records_are_read_in_parts(journal: SqlJournal) -> None:
    opening = opens("case1")
    answer = posts("case1", opening.head, "p1", "p2", "p3")
    await journal.append(opening)
    await journal.append(answer)

    assert await journal.records("case1", after=1, limit=2) == answer.records[:2]
    assert await journal.records("case1", after=4, limit=2) == []
    assert await journal.newest("case1", limit=2) == answer.records[1:]
    assert await journal.records("case2", after=0, limit=2) == []


async def test_records_are_found_by_id_in_their_room_only(journal: SqlJournal) -> None:
    opening, other = opens("case1"), opens("case2")
    answer = posts("case1", opening.head, "p1")
    for wish in (opening, other, answer):
        await journal.append(wish)

    assert await journal.lookup("case1", ["p1", "nothing"]) == {"p1": answer.records[0]}
    assert await journal.lookup("case2", ["p1"]) == {}


async def test_heads_of_many_rooms_leave_out_those_that_do_not_exist(journal: SqlJournal) -> None:
    wishes = [opens(f"case{n}") for n in range(3)]
    for wish in wishes:
        await journal.append(wish)

    heads = await journal.heads([*(wish.room for wish in wishes), "nowhere"])

    assert heads == {wish.room: wish.head for wish in wishes}


async def test_append_after_an_old_head_conflicts_and_writes_nothing(journal: SqlJournal) -> None:
    opening = opens("case1")
    await journal.append(opening)
    await journal.append(posts("case1", opening.head, "p1"))

    with pytest.raises(Conflict):
        await journal.append(posts("case1", opening.head, "p2"))

    assert [record.id for record in await journal.newest("case1", 9)] == ["opening", "p1"]


async def test_append_after_the_right_seq_with_another_digest_conflicts(journal: SqlJournal) -> None:
    await journal.append(opens("case1"))

    with pytest.raises(Conflict):
        await journal.append(posts("case1", Head(1, bytes(31) + b"\1"), "p1"))

    assert len(await journal.newest("case1", 9)) == 1


async def test_what_the_database_does_not_take_harms_no_other_room(journal: SqlJournal) -> None:
    wishes = [opens(f"case{n}") for n in range(5)]
    bad = msgspec.structs.replace(opens("bad"), records=[msgspec.structs.replace(opens("bad").records[0], at=2**63)])

    outcomes = await asyncio.gather(*map(journal.append, [*wishes, bad]), return_exceptions=True)

    assert outcomes[:5] == [None] * 5
    assert isinstance(outcomes[5], Exception) and refused(outcomes[5])
    assert len(await journal.heads([*(wish.room for wish in wishes), "bad"])) == 5


async def test_append_to_a_room_that_does_not_exist_conflicts(journal: SqlJournal) -> None:
    with pytest.raises(Conflict):
        await journal.append(posts("nowhere", Head(1, bytes(32)), "p1"))

    assert await journal.heads(["nowhere"]) == {}


async def test_a_room_is_opened_once(journal: SqlJournal) -> None:
    first = opens("case1")
    await journal.append(first)

    with pytest.raises(Conflict):
        await journal.append(opens("case1", title="Another case under the same id"))

    assert await journal.heads(["case1"]) == {"case1": first.head}


async def test_an_id_is_taken_once_in_a_room_and_nothing_of_the_second_is_written(journal: SqlJournal) -> None:
    opening = opens("case1")
    answer = posts("case1", opening.head, "p1")
    await journal.append(opening)
    await journal.append(answer)

    with pytest.raises(Conflict):
        await journal.append(posts("case1", answer.head, "p2", "p1"))

    assert await journal.heads(["case1"]) == {"case1": answer.head}
    assert await journal.newest("case1", 1) == answer.records
    await journal.append(posts("case1", answer.head, "p2"))


async def test_the_same_id_may_stand_in_two_rooms(journal: SqlJournal) -> None:
    for room in ("case1", "case2"):
        opening = opens(room)
        await journal.append(opening)
        await journal.append(posts(room, opening.head, "p1"))


async def test_an_append_without_records_or_a_room_without_its_card_is_refused(journal: SqlJournal) -> None:
    opening = opens("case1")
    with pytest.raises(ValueError, match="card"):
        await journal.append(msgspec.structs.replace(opening, card=None))
    with pytest.raises(ValueError, match="records"):
        await journal.append(Append("case1", EMPTY, [], opening.card))


async def test_of_two_racing_writers_exactly_one_wins(journal: SqlJournal, other_journal: SqlJournal) -> None:
    head = await _opened(journal, "case1")
    for n in range(20):
        ours, theirs = posts("case1", head, f"ours{n}"), posts("case1", head, f"theirs{n}")

        outcomes = await _outcomes(journal.append(ours), other_journal.append(theirs))

        assert sorted(map(repr, outcomes)) == ["Conflict()", "None"]
        head = (ours if outcomes[0] is None else theirs).head
        assert await journal.heads(["case1"]) == {"case1": head}


async def test_of_two_who_open_the_same_room_exactly_one_wins(journal: SqlJournal, other_journal: SqlJournal) -> None:
    for n in range(10):
        outcomes = await _outcomes(journal.append(opens(f"case{n}")), other_journal.append(opens(f"case{n}")))
        assert sorted(map(repr, outcomes)) == ["Conflict()", "None"]


async def test_what_waits_together_is_few_commits(journal: SqlJournal, database: Sqlite | Postgres) -> None:
    heads = {f"case{n}": await _opened(journal, f"case{n}") for n in range(50)}
    before = await _transactions(database)

    await asyncio.gather(*(journal.append(posts(room, head, "p1")) for room, head in heads.items()))

    assert await _transactions(database) - before <= 3
    assert all(head.seq == 2 for head in (await journal.heads(list(heads))).values())


async def test_one_that_loses_harms_no_other_of_its_batch(journal: SqlJournal) -> None:
    heads = {f"case{n}": await _opened(journal, f"case{n}") for n in range(5)}
    stale = posts("case2", EMPTY._replace(seq=7), "p1")
    taken = posts("case3", heads["case3"], "opening")
    good = [posts(room, heads[room], "p1") for room in ("case0", "case1", "case4")]

    outcomes = await _outcomes(*(journal.append(wish) for wish in (good[0], stale, good[1], taken, good[2])))

    assert list(map(repr, outcomes)) == ["None", "Conflict()", "None", "Conflict()", "None"]
    assert await journal.heads(list(heads)) == {**heads, **{wish.room: wish.head for wish in good}}


async def test_appends_of_one_room_in_one_batch_follow_each_other(journal: SqlJournal) -> None:
    chain = [opens("case1")]
    for n in range(5):
        chain.append(posts("case1", chain[-1].head, f"p{n}"))

    assert await _outcomes(*(journal.append(wish) for wish in chain)) == [None] * 6

    assert await journal.records("case1", 0, 99) == [record for wish in chain for record in wish.records]


async def test_appends_of_one_room_in_one_batch_may_conflict(journal: SqlJournal) -> None:
    head = await _opened(journal, "case1")
    first, rival, second = (posts("case1", head, id_) for id_ in ("p1", "p2", "p3"))
    second = posts("case1", first.head, "p3")
    after_rival = posts("case1", rival.head, "p4")

    outcomes = await _outcomes(*(journal.append(wish) for wish in (first, rival, second, after_rival)))

    assert list(map(repr, outcomes)) == ["None", "Conflict()", "None", "Conflict()"]
    assert await journal.heads(["case1"]) == {"case1": second.head}


async def test_a_taken_id_in_the_middle_of_a_chain_leaves_what_came_before_it(journal: SqlJournal) -> None:
    head = await _opened(journal, "case1")
    first = posts("case1", head, "p1")
    taken = posts("case1", first.head, "p1")
    beside = opens("case2")

    outcomes = await _outcomes(*(journal.append(wish) for wish in (first, taken, beside)))

    assert list(map(repr, outcomes)) == ["None", "Conflict()", "None"]
    assert await journal.heads(["case1", "case2"]) == {"case1": first.head, "case2": beside.head}


async def test_the_card_stands_in_columns_and_is_read_back(journal: SqlJournal, database: Database) -> None:
    opening = opens("case1", acuity="stat", reach="network")
    await journal.append(opening)

    row = await database.read(lambda session: session.get(tables.Room, "case1"))

    assert row is not None and opening.card is not None
    assert (row.status, row.acuity, row.reach, row.presenter) == ("open", "stat", "network", "cleo")
    assert (row.institution, row.network) == (opening.card.case.institution, opening.card.case.network)
    assert (row.opened_at, row.closed_at, row.touched_at) == (AT, None, AT)
    assert (row.claimed_by, row.claimed_until, row.sealed_upto) == (None, None, 0)
    assert await journal.card("case1") == opening.card
    assert await journal.card("nowhere") is None


async def test_an_append_without_a_card_leaves_it_as_it_is(journal: SqlJournal, database: Database) -> None:
    opening = opens("case1")
    await journal.append(opening)

    await journal.append(posts("case1", opening.head, "p1", at=AT + 5))

    row = await database.read(lambda session: session.get(tables.Room, "case1"))
    assert row is not None
    assert (row.seq, row.status, row.touched_at) == (2, "open", AT)
    assert await journal.card("case1") == opening.card


async def test_a_changed_card_replaces_the_columns(journal: SqlJournal, database: Database) -> None:
    opening = opens("case1")
    await journal.append(opening)
    assert opening.card is not None
    case = msgspec.structs.replace(opening.card.case, status="closed", reach="world", institution=None)
    closed = msgspec.structs.replace(opening.card, case=case, closed_at=AT + 9)

    await journal.append(posts("case1", opening.head, "p1", at=AT + 9, card=closed))

    row = await database.read(lambda session: session.get(tables.Room, "case1"))
    assert row is not None
    assert (row.status, row.reach, row.institution, row.closed_at) == ("closed", "world", None, AT + 9)
    assert await journal.card("case1") == closed


async def test_invitations_follow_the_card(journal: SqlJournal, database: Database) -> None:
    opening, beside = opens("case1"), opens("case2")
    assert opening.card is not None and beside.card is not None
    guests = msgspec.structs.replace(opening.card, invited=frozenset({"ana", "ben"}))
    fewer = msgspec.structs.replace(opening.card, invited=frozenset({"ben", "mo"}))
    await journal.append(opening)
    await journal.append(
        msgspec.structs.replace(beside, card=msgspec.structs.replace(beside.card, invited=frozenset({"ana"})))
    )

    both = posts("case1", opening.head, "p1", card=guests)
    await journal.append(both)
    assert await database.read(_invitations) == [("case1", "ana"), ("case1", "ben"), ("case2", "ana")]

    await journal.append(posts("case1", both.head, "p2", card=fewer))
    assert await database.read(_invitations) == [("case1", "ben"), ("case1", "mo"), ("case2", "ana")]


async def test_cards_touched_are_those_changed_since(journal: SqlJournal) -> None:
    early, late = opens("case1", at=AT), opens("case2", at=AT + 10)
    await journal.append(late)
    await journal.append(early)
    await journal.append(posts("case1", early.head, "p1", at=AT + 99))

    assert await journal.cards_touched(AT) == [early.card, late.card]
    assert await journal.cards_touched(AT + 10) == [late.card]
    assert await journal.cards_touched(AT + 11) == []


async def test_many_writers_on_two_journals_leave_one_chain_without_holes(
    journal: SqlJournal, other_journal: SqlJournal
) -> None:
    await _opened(journal, "case1")

    async def write(node: SqlJournal, writer: int) -> None:
        for n in range(25):
            while True:
                head = (await node.heads(["case1"]))["case1"]
                try:
                    await node.append(posts("case1", head, f"w{writer}-{n}"))
                    break
                except Conflict:
                    continue

    async with asyncio.TaskGroup() as writers:
        for writer in range(8):
            writers.create_task(write((journal, other_journal)[writer % 2], writer))

    records = await journal.records("case1", 0, 999)
    assert [record.seq for record in records] == list(range(1, 202))
    assert first_broken(records) is None
    assert {record.id for record in records} == {"opening"} | {f"w{w}-{n}" for w in range(8) for n in range(25)}


async def test_a_caller_who_gives_up_harms_nobody(journal: SqlJournal) -> None:
    heads = {f"case{n}": await _opened(journal, f"case{n}") for n in range(10)}
    tasks = [asyncio.create_task(journal.append(posts(room, head, "p1"))) for room, head in heads.items()]
    await asyncio.sleep(0)

    for task in tasks[::2]:
        task.cancel()

    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(outcome, asyncio.CancelledError) for outcome in outcomes] == [True, False] * 5
    assert [head.seq for head in (await journal.heads(list(heads)[1::2])).values()] == [2] * 5


async def _opened(journal: SqlJournal, room: str) -> Head:
    opening = opens(room)
    await journal.append(opening)
    return opening.head


async def _outcomes(*appends: Awaitable[None]) -> list[BaseException | None]:
    return await asyncio.gather(*appends, return_exceptions=True)


def _invitations(session: Session) -> list[tuple[str, str]]:
    row = tables.Invitation
    return list(session.exec(select(row.room, row.person).order_by(col(row.room), col(row.person))))


async def _transactions(database: Sqlite | Postgres) -> int:
    """A number that grows by one with each transaction that writes; on PostgreSQL asking takes one, too."""
    if isinstance(database, Postgres):
        number = text("SELECT pg_current_xact_id()::text::bigint")
        return int(await database.read(lambda session: session.connection().execute(number).scalar_one()))
    return _changes(Path(f"{database.path}-shm"))


def _changes(index: Path) -> int:
    """`iChange` of the WAL's index, which counts transactions: https://www.sqlite.org/walformat.html."""
    return int.from_bytes(index.read_bytes()[8:12], sys.byteorder)
