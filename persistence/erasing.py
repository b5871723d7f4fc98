"""Lawful erasure: the words of one event go from the journal and the archive; its place in the chain stays proved."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from sqlmodel import Session, col, select, update

from persistence import tables
from persistence.archive import Written, drop_drafts, files_of, read, write
from persistence.audit.tables import Erased
from persistence.claims import released, taken
from persistence.database import Database
from persistence.rows import card
from realtime.rooms.chain import ErasedRecord, Record
from realtime.rooms.erasure import card_without_words, without_words
from realtime.rooms.events import canonical

WIPING_S: Final = 60.0
ERASURE: Final = "erasure"


def erase(session: Session, room: str, seq: int, now_ms: int) -> Erased:
    """Take the words of event `seq` away; what is left of it. The same again where that was done before.

    A version that knew fewer words may have left some: then they go now. The room is taken from whoever seals it, as
    they may have read the words, until `erase_from_file`.

    Raises `ValueError` where there is no such event, or no word in it.
    """
    taken(session, ERASURE, room, now_ms)
    row = session.get(tables.Event, (room, seq))
    earlier = session.get(Erased, (room, seq))
    if row is not None and row.kind in ("opened", "revised"):
        _empty_card(session, room, now_ms)
    if row is not None and earlier is not None:
        with suppress(ValueError):
            earlier.left = without_words(row.kind, earlier.left)
            session.add(earlier)
            _count_again(session, room, now_ms)
        return earlier
    if row is None or row.body is None or row.salt_body is None:
        raise ValueError(f"There is no event {seq} in a room {room}. Check both.")
    try:
        left = without_words(row.kind, row.body)
    except ValueError as error:
        raise ValueError(f"Event {seq} of room {room} cannot be erased. {error}") from None
    erased = Erased(room=room, seq=seq, at=now_ms, hash=sha256(row.salt_body + row.body).digest(), left=left)
    row.salt_body = row.body = None
    session.add(row)
    session.add(erased)
    _count_again(session, room, now_ms)
    return erased


async def erase_from_file(database: Database, folder: Path, erased: Erased) -> None:
    """Take the words out of the archive's file in `folder` as well, and let workers have the room again.

    Of processes that erase, one does so at a time: each writes the whole file. Raises `OSError`, or `ValueError` where
    a file is no archive.
    """
    with ExitStack() as stack:
        await asyncio.to_thread(stack.enter_context, _alone(folder))
        written = await asyncio.to_thread(_erase_from_archive, folder, erased)
        await database.write(lambda session: _mark_file(session, erased.room, written))


def _erase_from_archive(folder: Path, erased: Erased) -> tuple[int, Written] | None:
    """Write the archive's file anew without the words: its seal stays right. The number of its seal and the file.

    None where no file covers the event. Raises `OSError`, or `ValueError` where a file is no archive.
    """
    drop_drafts(folder, erased.room)
    for path in files_of(folder, erased.room):
        records, manifest = read(path)
        index = erased.seq - manifest.start.seq - 1
        if 0 <= index < len(records):
            records[index] = _without(records[index], erased)
            return manifest.number, write(folder, records, manifest, ERASURE)
    return None


def _mark_file(session: Session, room: str, file: tuple[int, Written] | None) -> None:
    """Note what the file is now, where there is one, and let workers have the room again."""
    if file is not None:
        number, written = file
        archive = tables.Archive
        wanted = update(archive).where(col(archive.room) == room, col(archive.addendum) == number)
        session.exec(wanted.values(sha256=written.sha256, size_bytes=written.size_bytes))
    released(session, ERASURE, room)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits for whoever erases in `folder`. Raises `OSError`."""
    if not folder.exists():
        yield
        return
    descriptor = os.open(folder / ".erasing", os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def wipe(path: Path) -> bool:
    """Write a SQLite file anew, so that nothing that was deleted stays in it or its WAL; False where one is reading.

    Raises `sqlite3.Error`.
    """
    connection = sqlite3.connect(path, timeout=WIPING_S, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        connection.close()


def erased_since(session: Session, since_ms: int) -> list[tuple[str, int]]:
    """Room and `seq` of what was erased at or after `since_ms`."""
    wanted = select(Erased.room, Erased.seq).where(col(Erased.at) >= since_ms)
    return [(room, seq) for room, seq in session.exec(wanted)]


def _count_again(session: Session, room: str, now_ms: int) -> None:
    """What words said that are gone is counted and scored no more."""
    again = {"recount_at": now_ms, "rescore_at": now_ms}
    session.execute(update(tables.Room).where(col(tables.Room.id) == room).values(again))


def _empty_card(session: Session, room: str, now_ms: int) -> None:
    row = session.get(tables.Room, room, with_for_update=True)
    if row is not None:
        row.card = canonical(card_without_words(card(row.card)))
        row.touched_at = now_ms
        session.add(row)


def _without(record: Record, erased: Erased) -> Record:
    fields = msgspec.structs.asdict(record) | {"salt_body": b"", "body": erased.left, "erased": erased.hash}
    return ErasedRecord(**fields)
