"""Rooms that cannot be sealed are set aside after three tries in all and stop no other; a full disk is nobody's."""

from collections.abc import Callable, Sequence
from errno import EDQUOT, EIO, ENOSPC
from os import strerror
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from persistence import disk, tables
from persistence.archive import file_name
from persistence.backlog import Waiting
from persistence.claims import MOST_TRIES, Claim
from persistence.journal import open_journal
from persistence.seal import AnySeal
from persistence.sealing import Part, next_part
from persistence.sqlite import Sqlite
from persistence.troubles import AGAIN_MS, release, set_aside
from persistence.worker import LONGEST_PAUSE_S
from realtime.rooms.chain import EMPTY, Record, link
from tests.persistence.shop import Shop

Harm = Callable[[Session, str], object]


def run(statement: str) -> Harm:
    return lambda session, room: session.connection().execute(text(statement), {"room": room})


def worded(session: Session, room: str, old: bytes = b"Better", new: bytes = b"Deader") -> None:
    event = session.get_one(tables.Event, (room, 2))
    event.body = event.body and event.body.replace(old, new)
    session.add(event)


def rewritten(session: Session, room: str) -> None:
    """A body that is no post's, in a chain that was made to fit it."""
    events = [session.get_one(tables.Event, (room, seq)) for seq in (1, 2, 3)]
    events[1].body = b"\xc1"
    head = EMPTY.digest
    for event in events:
        record = Record(**{name: getattr(event, name) for name in Record.__struct_fields__})
        event.digest = head = link(head, record)
    row = session.get_one(tables.Room, room)
    row.head = head
    session.add_all([*events, row])


# What was done, the kind of trouble, and the first wrong event.
HARMS: dict[str, tuple[Harm, str, int]] = {
    "reworded": (worded, "chain", 2),
    "removed": (run("DELETE FROM event WHERE room = :room AND seq = 2"), "chain", 2),
    "cut off": (run("DELETE FROM event WHERE room = :room AND seq = 3"), "chain", 3),
    "emptied": (run("DELETE FROM event WHERE room = :room"), "chain", 1),
    "swapped": (run("UPDATE event SET seq = 12 - seq WHERE room = :room AND seq > 1"), "chain", 2),
    "by another": (run("UPDATE event SET \"by\" = 'mo' WHERE room = :room AND seq = 3"), "chain", 3),
    "nulled": (run("UPDATE event SET body = NULL WHERE room = :room AND seq = 2"), "chain", 2),
    "mistyped": (run("UPDATE event SET body = 'text' WHERE room = :room AND seq = 2"), "chain", 2),
    "another head": (run("UPDATE room SET head = zeroblob(32) WHERE id = :room"), "chain", 1),
    "a head of before": (run("UPDATE room SET seq = 0 WHERE id = :room"), "chain", 1),
    "no close": (run("UPDATE event SET kind = 'post' WHERE room = :room AND seq = 3"), "chain", 3),
    "unreadable": (rewritten, "body", 2),
}


@pytest.mark.parametrize("harm", HARMS)
async def test_a_poison_room_is_set_aside_at_the_third_try_and_stops_no_other(
    shop: Shop, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    change, kind, first = HARMS[harm]
    poison, sound = await shop.closed_room("poison"), await shop.closed_room("sound")
    await shop.database.write(lambda session: change(session, poison))
    workers = [shop.worker(), shop.worker()]
    assert [await workers[0].step() for _ in range(3)] == [True, True, False]
    assert [row.room for row in await shop.rows()] == [sound]
    for n in range(1, 5):
        shop.now_ms += AGAIN_MS + 1
        assert await workers[n % 2].step() is (n < MOST_TRIES)
    (trouble,) = await shop.database.read(set_aside)
    assert (trouble.room, trouble.kind, trouble.first_wrong, trouble.tries) == (poison, kind, first, MOST_TRIES)
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors == [f"room {poison} is set aside after 3 tries: {trouble.reason}"]
    assert "Deader" not in caplog.text
    assert await shop.waiting() == Waiting(aside=1)


async def test_a_room_that_was_put_right_is_released_and_sealed(shop: Shop) -> None:
    room = await shop.closed_room()
    await shop.database.write(lambda session: worded(session, room))
    worker = shop.worker()
    await shop.tries(worker, MOST_TRIES)
    assert await worker.step() is False
    assert await shop.database.write(lambda session: release(session, "another")) is False
    await shop.database.write(lambda session: worded(session, room, b"Deader", b"Better"))
    assert await shop.database.write(lambda session: release(session, room)) is True
    assert await shop.database.write(lambda session: release(session, room)) is False
    assert await worker.step() is True
    assert [row.room for row in await shop.rows()] == [room]
    assert await shop.database.read(set_aside) == []


async def test_a_room_that_is_sealed_after_all_has_no_tries_against_it(shop: Shop) -> None:
    room = await shop.closed_room()
    in_the_way = shop.archive / file_name(room)
    in_the_way.mkdir(parents=True)
    worker = shop.worker()
    await shop.tries(worker, MOST_TRIES - 1)
    in_the_way.rmdir()
    await shop.tries(worker, 1)
    assert await shop.all(tables.Trouble) == []
    assert len(shop.verify(room)) == 1


async def test_a_file_that_cannot_be_written_for_one_room_is_that_room_s_trouble(shop: Shop) -> None:
    poison, sound = await shop.closed_room("poison"), await shop.closed_room("sound")
    (shop.archive / file_name(poison)).mkdir(parents=True)
    worker = shop.worker()
    await shop.tries(worker, MOST_TRIES + 1)
    (trouble,) = await shop.database.read(set_aside)
    assert (trouble.room, trouble.kind, worker.pause_s) == (poison, "file", 0.0)
    assert [row.room for row in await shop.rows()] == [sound]
    assert list((shop.archive / ".writing").iterdir()) == []


async def test_a_bug_in_sealing_is_counted_and_stops_no_other(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    poison, sound = await shop.closed_room("poison"), await shop.closed_room("sound")

    def fails(log: Sequence[Record], claim: Claim, before: AnySeal | None) -> Part | None:
        if claim.room == poison:
            raise ZeroDivisionError("what somebody wrote")
        return next_part(log, claim, before)

    monkeypatch.setattr("persistence.sealer.next_part", fails)
    await shop.tries(shop.worker(), MOST_TRIES + 1)
    (trouble,) = await shop.database.read(set_aside)
    assert (trouble.room, trouble.kind, trouble.reason) == (poison, "bug", "ZeroDivisionError in the worker")
    assert [row.room for row in await shop.rows()] == [sound]


async def test_a_folder_that_cannot_be_written_is_named_and_all_rooms_wait(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    room = await shop.closed_room()
    shop.archive.write_text("in the way")
    worker, pauses = shop.worker(), []
    for _ in range(9):
        await worker.step()
        pauses.append(worker.pause_s)
    assert f"room {room} cannot be archived in {shop.archive}: File exists" in caplog.text
    assert pauses == [1, 2, 4, 8, 16, 32, *[LONGEST_PAUSE_S] * 3]
    assert await shop.database.read(set_aside) == []
    assert (await shop.waiting()).unwritable == 1
    shop.archive.unlink()
    await worker.step()
    assert [row.room for row in await shop.rows()] == [room]
    assert worker.pause_s == 0
    assert await shop.waiting() == Waiting()


@pytest.mark.parametrize("number", [ENOSPC, EDQUOT, EIO])
async def test_a_full_or_failing_disk_is_no_room_s_trouble(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Also where a smaller file would still fit."""
    room = await shop.closed_room()
    full = [True]

    def write_out(path: Path, data: bytes) -> None:
        if full:
            raise OSError(number, strerror(number))
        disk.write_out(path, data)

    monkeypatch.setattr("persistence.archive.write_out", write_out)
    worker = shop.worker()
    await shop.tries(worker, MOST_TRIES + 1)
    assert await shop.database.read(set_aside) == []
    assert (await shop.waiting()).unwritable == 1
    full.clear()
    await worker.step()
    assert [row.room for row in await shop.rows()] == [room]


async def test_a_seal_in_the_database_that_was_changed_carries_no_addendum(shop: Shop) -> None:
    room = await shop.closed_room()
    worker = shop.worker()
    await worker.step()
    await shop.database.write(lambda session: moved_manifest(session, room))
    await shop.outcome(room)
    await shop.tries(worker, MOST_TRIES)
    (trouble,) = await shop.database.read(set_aside)
    assert (trouble.kind, trouble.reason) == ("chain", "its last seal in the database was changed")
    assert len(await shop.rows()) == 1


def moved_manifest(session: Session, room: str) -> None:
    row = session.get_one(tables.Archive, (room, 0))
    row.manifest = row.manifest and row.manifest.replace(row.root, bytes(32))
    session.add(row)


async def test_a_bit_that_flips_on_the_database_s_disk_is_named(tmp_path: Path, shop: Shop) -> None:
    room = await shop.closed_room()
    body = (await shop.log(room))[1].body
    await shop.journal.close()
    await shop.database.close()
    path = tmp_path / "curbside.db"
    whole = path.read_bytes()
    assert body in whole
    path.write_bytes(whole.replace(body, body.replace(b"Better", b"Cetter")))
    database = Sqlite(str(path))
    journal = open_journal(database)
    check = await database.read(lambda session: session.connection().execute(text("PRAGMA integrity_check")).scalar())
    assert check == "ok"
    await shop.tries(shop.worker(database, journal), MOST_TRIES)
    (trouble,) = await database.read(set_aside)
    assert (trouble.room, trouble.first_wrong) == (room, 2)
    await journal.close()
    await database.close()
