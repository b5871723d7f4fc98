"""The audit's chains, checkpoints and removal, over SQLite and a real PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlmodel import col, delete, select, text, update

from persistence import tables
from persistence.audit.chain import GENESIS, Line, link
from persistence.audit.tables import Audit, AuditChain, Checkpoint, WitnessedRoom
from persistence.audit.verify import Found
from persistence.journal import open_journal
from persistence.postgres import Postgres
from persistence.seal import open_key
from persistence.sqlite import Sqlite
from realtime.rooms.chain import link as link_event
from tests.contract.ward import AT, Ward


@pytest.fixture
async def ward(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Ward]:
    yield Ward(database, tmp_path)


async def test_what_was_written_verifies(ward: Ward) -> None:
    await ward.room("room1", "p1", "p2")
    await ward.note("join", "leave")
    await ward.note("join", log=ward.process())
    await ward.checkpoint()
    await ward.note("join")
    assert await ward.verify() == Found(4, 3, 1, [])


@pytest.mark.parametrize("mark", ["\0", "\ud800"])
async def test_a_line_is_kept_whatever_is_said_in_it(ward: Ward, mark: str) -> None:
    said = f"a{mark}b"
    ward.log.note(said, said, said, said, where=said, why=said, what=said)
    await ward.note("leave")
    line, after = await ward.all(select(Audit).order_by(col(Audit.number)))
    kept = [line.act, line.person, line.room, line.detail, line.address, line.reason, line.subject]
    assert kept == ["a\ufffdb"] * 7
    assert after.act == "leave"
    assert await ward.verify() == Found(2, 0, 0, [])


async def test_a_line_that_cannot_be_written_holds_up_no_other(ward: Ward, caplog: pytest.LogCaptureFixture) -> None:
    for act, at in {"first": AT, "never": 2**63, "second": AT, "nor": 2**63, "third": AT}.items():
        ward.now_ms = at
        ward.log.note(act, "ana", "room1")
    ward.now_ms = AT
    await ward.note("last")
    lines = await ward.all(select(Audit).order_by(col(Audit.number)))
    assert [line.act for line in lines] == ["first", "lines_lost", "second", "lines_lost", "third", "last"]
    assert (lines[1].person, lines[1].detail, lines[1].outcome) == ("system", "1", "failed")
    assert ward.log.lost == 2
    assert "an audit line `never` could not be written" in caplog.text
    assert "ana" not in caplog.text
    await ward.note("later")
    assert await ward.verify() == Found(7, 0, 0, [])


async def test_where_only_the_last_line_cannot_be_written_that_is_said(ward: Ward) -> None:
    ward.now_ms = 2**63
    ward.log.note("never", "ana", "room1")
    ward.now_ms = AT
    await ward.log.close()
    assert [(line.act, line.detail) for line in await ward.all(select(Audit))] == [("lines_lost", "1")]


async def test_a_checkpoint_has_what_has_changed_and_only_that(ward: Ward) -> None:
    await ward.room("room1", "p1")
    await ward.note("join")
    first = await ward.checkpoint()
    assert first is not None
    assert [(head.kind, head.name, head.number) for head in first.heads] == [
        ("room", "room1", 2),
        ("chain", ward.log.chain, 1),
    ]
    assert await ward.checkpoint() is None
    await ward.room("room2")
    second = await ward.checkpoint()
    assert second is not None
    assert [head.name for head in second.heads] == ["room2"]
    assert second.statement.previous == first.statement.digest


async def test_of_two_workers_one_makes_the_checkpoint_of_a_minute(ward: Ward) -> None:
    await ward.note("join")
    for keeper in (ward.keeper(), ward.keeper()):
        await keeper.minute()
        await ward.room(f"room of {id(keeper)}")
    assert len(await ward.all(select(Checkpoint))) == 1


CHANGES: list[tuple[Any, str]] = [
    (update(Audit).where(col(Audit.number) == 2).values(person="ben"), "Line 2 of chain {chain} was changed, added"),
    (update(Audit).where(col(Audit.number) == 2).values(address="::1"), "Line 2 of chain {chain} was changed, added"),
    (delete(Audit).where(col(Audit.number) == 2), "Line 2 of chain {chain} was removed."),
    (delete(Audit).where(col(Audit.number) == 1), "Line 1 of chain {chain} was removed."),
    (delete(Audit).where(col(Audit.number) == 4), "Line 4 of chain {chain} was removed: checkpoint 1"),
    (delete(AuditChain), "Line 4 of chain {chain} was added: there is no head of it."),
    (update(AuditChain).values(number=3), "Line 4 of chain {chain} was added"),
    (update(AuditChain).values(digest=GENESIS), "Line 5 of chain {chain} was added, or its head was changed."),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES)
async def test_the_first_line_that_was_tampered_with_is_named(ward: Ward, change: Any, sentence: str) -> None:
    await ward.note("a", "b", "c", "d")
    await ward.checkpoint()
    await ward.does(change)
    (wrong,) = await ward.wrong()
    assert wrong.startswith(sentence.format(chain=ward.log.chain))


async def test_lines_that_changed_places_are_named(ward: Ward) -> None:
    await ward.note("a", "b", "c", "d")
    swapped = [
        update(Audit).where(col(Audit.number) == old).values(number=new) for old, new in ((2, 9), (3, 2), (9, 3))
    ]
    await ward.does(*swapped)
    assert await ward.wrong() == [f"Line 2 of chain {ward.log.chain} was changed, added or moved."]


async def test_a_line_that_was_added_is_named(ward: Ward) -> None:
    await ward.note("a")
    line = Line(ward.log.chain, 2, AT, "ana", "b", *[""] * 6)
    await ward.does(text(ADD).bindparams(**line._asdict(), digest=GENESIS))
    assert await ward.wrong() == [f"Line 2 of chain {ward.log.chain} was changed, added or moved."]


ADD = (
    "INSERT INTO audit (chain, number, at, person, act, room, detail, outcome, address, reason, subject, digest) VALUES"
    " (:chain, :number, :at, :person, :act, :room, :detail, :outcome, :address, :reason, :subject, :digest)"
)

EVENT = tables.Event
EVENT_CHANGES: list[tuple[Any, str]] = [
    (update(EVENT).where(col(EVENT.seq) == 2).values(body=b"\x80"), "Event 2 of room room1 was changed"),
    (update(EVENT).where(col(EVENT.seq) == 2).values(body=None), "Event 2 of room room1 was changed"),
    (delete(EVENT).where(col(EVENT.seq) == 2), "Event 2 of room room1 was removed."),
    (
        delete(EVENT).where(col(EVENT.seq) == 3),
        "Event 3 of room room1 was removed: checkpoint 1",
    ),
    (delete(EVENT), "Event 1 of room room1 was removed: checkpoint 1"),
    (update(tables.Room).values(seq=2), "Event 3 of room room1 was added"),
]


@pytest.mark.parametrize(("change", "sentence"), EVENT_CHANGES)
async def test_the_first_event_that_was_tampered_with_is_named(ward: Ward, change: Any, sentence: str) -> None:
    await ward.room("room1", "p1", "p2")
    await ward.checkpoint()
    await ward.does(change)
    (wrong,) = await ward.wrong()
    assert wrong.startswith(sentence)


async def test_a_room_that_is_gone_is_named(ward: Ward) -> None:
    await ward.room("room1", "p1")
    await ward.checkpoint()
    await ward.does(delete(EVENT), delete(tables.Room), delete(WitnessedRoom))
    assert await ward.wrong() == ["Event 1 of room room1 was removed: checkpoint 1 says that it went to 2."]


async def test_a_tail_cut_off_with_its_checkpoints_is_found_only_with_a_copy(ward: Ward) -> None:
    await ward.room("room1", "p1")
    await ward.note("a", "b")
    await ward.checkpoint()
    await ward.room("room2")
    await ward.note("c")
    copy = await ward.checkpoint()
    (second,) = await ward.all(select(Audit.digest).where(col(Audit.number) == 2))
    await ward.does(
        delete(Checkpoint).where(col(Checkpoint.number) == 2),
        delete(EVENT).where(col(EVENT.room) == "room2"),
        delete(tables.Room).where(col(tables.Room.id) == "room2"),
        delete(Audit).where(col(Audit.number) == 3),
        update(AuditChain).values(number=2, digest=second),
    )
    assert await ward.wrong() == []
    assert await ward.wrong(copy) == [
        "Checkpoint 2, of which you hold a copy, was removed: they end at 1.",
        f"Line 3 of chain {ward.log.chain} was removed: checkpoint 2 says that it went to 3.",
        "Event 1 of room room2 was removed: checkpoint 2 says that it went to 1.",
    ]


async def test_a_tail_cut_off_alone_is_found_by_the_checkpoints_in_the_database(ward: Ward) -> None:
    await ward.note("a", "b")
    await ward.checkpoint()
    (first,) = await ward.all(select(Audit.digest).where(col(Audit.number) == 1))
    await ward.does(delete(Audit).where(col(Audit.number) == 2), update(AuditChain).values(number=1, digest=first))
    assert await ward.wrong() == [f"Line 2 of chain {ward.log.chain} was removed: checkpoint 1 says that it went to 2."]


async def test_what_the_holder_of_the_key_writes_anew_is_found_only_with_a_copy(ward: Ward) -> None:
    await ward.note("a", "b")
    copy = await ward.checkpoint()
    line = Line(ward.log.chain, 2, AT, "ben", "b", "room1", "", "ok", "192.0.2.1", "", "")
    (first,) = await ward.all(select(Audit.digest).where(col(Audit.number) == 1))
    digest = link(first, line)
    forged = update(Audit).where(col(Audit.number) == 2).values(person="ben", digest=digest)
    await ward.does(forged, update(AuditChain).values(digest=digest))
    assert await ward.wrong() == [f"Chain {line.chain} was written anew up to line 2: checkpoint 1 differs."]

    await ward.does(delete(Checkpoint), update(AuditChain).values(witnessed=0))
    await ward.checkpoint()
    assert await ward.wrong() == []
    assert await ward.wrong(copy) == [
        "Checkpoint 1 was written anew: it is not the one that you hold a copy of.",
        f"Chain {line.chain} was written anew up to line 2: checkpoint 1 differs.",
    ]


async def test_a_room_written_anew_is_found(ward: Ward) -> None:
    await ward.room("room1", "p1")
    copy = await ward.checkpoint()
    (one, two) = await open_journal(ward.database).records("room1", 0, 9)
    forged = msgspec.structs.replace(two, by="obi")
    digest = link_event(one.digest, forged)
    await ward.does(
        update(EVENT).where(col(EVENT.seq) == 2).values(by="obi", digest=digest),
        update(tables.Room).values(head=digest),
    )
    assert await ward.wrong() == ["Room room1 was written anew up to event 2: checkpoint 1 differs."]
    await ward.does(delete(Checkpoint), delete(WitnessedRoom))
    await ward.checkpoint()
    assert await ward.wrong() == []
    assert len(await ward.wrong(copy)) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (update(Checkpoint).where(col(Checkpoint.number) == 2).values(statement=b"\x80"), "2 is not readable"),
        (delete(Checkpoint).where(col(Checkpoint.number) == 2), "Checkpoint 2 is missing."),
        (update(Checkpoint).where(col(Checkpoint.number) == 2).values(heads=b"\x90"), "Checkpoint 2 has other heads"),
    ],
)
async def test_a_checkpoint_that_was_tampered_with_is_named(ward: Ward, change: Any, sentence: str) -> None:
    for _ in range(3):
        await ward.note("a", log=ward.process())
        await ward.checkpoint()
    await ward.does(change)
    (wrong,) = await ward.wrong()
    assert sentence in wrong


async def test_a_checkpoint_of_another_key_is_not_believed(ward: Ward, tmp_path: Path) -> None:
    await ward.note("a")
    await ward.checkpoint(open_key(tmp_path / "another"))
    assert await ward.wrong() == ["Checkpoint 1 is signed with a key that is not this server's."]
