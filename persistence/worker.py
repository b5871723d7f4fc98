"""The worker: what nobody waits for. It claims closed rooms by a lease, verifies, archives and seals them.

Killed at any step, the next one seals exactly once: the file is the same bytes whoever writes it, and the archive's
row, the `sealed` event and the room's mark are one transaction that only the holder of the lease commits.
"""

import asyncio
import logging
import os
from base64 import b32encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from persistence import tables
from persistence.archive import Written, write
from persistence.database import Database
from persistence.seal import Manifest, SealKey, merkle_root
from realtime.errors import Unavailable
from realtime.ports import Journal
from realtime.rooms.chain import Head, Record, Salts, first_broken, recorded
from realtime.rooms.events import Event, Sealed
from realtime.rooms.people import SYSTEM, By

logger = logging.getLogger("curbside.worker")

LEASE_MS = 30_000
POLL_S = 0.3
PAGE = 1_000


class LeaseLost(Exception):
    """Another worker has taken this room over: nothing was written."""


class Worker:
    """Seals closed rooms, one at a time. `told` is called with the `sealed` record of each."""

    def __init__(
        self,
        *,
        database: Database,
        journal: Journal,
        folder: Path,
        key: SealKey,
        now_ms: Callable[[], int],
        told: Callable[[Record], None],
    ) -> None:
        self.name = b32encode(os.urandom(5)).decode().lower()
        self.sealed = 0
        self.set_aside = 0
        self._database = database
        self._journal = journal
        self._folder = folder
        self._key = key
        self._now_ms = now_ms
        self._told = told

    async def run(self) -> None:
        """Work until cancelled. What fails is logged and tried again when its lease is over."""
        while True:
            try:
                worked = await self.step()
            except Unavailable:
                worked = False
            except Exception:
                logger.exception("sealing failed; the room is tried again in %d s", LEASE_MS // 1_000)
                worked = False
            if not worked:
                await asyncio.sleep(POLL_S)

    async def step(self) -> bool:
        """Seal one room; whether there was one to seal."""
        room = await self._claim()
        if room is None:
            return False
        try:
            record = await self._seal(room)
        except LeaseLost:
            logger.warning("the lease on room %s was lost; another worker seals it", room)
            return True
        if record is not None:
            self.sealed += 1
            self._told(record)
        return True

    async def _claim(self) -> str | None:
        now_ms = self._now_ms()
        if await self._database.read(lambda session: _to_seal(session, now_ms, lock=False)) is None:
            return None
        return await self._database.write(lambda session: _claimed(session, self.name, now_ms))

    async def _seal(self, room: str) -> Record | None:
        records = await self._records(room)
        broken = first_broken(records)
        if broken is not None:
            # Not to be sealed, ever, as it is: an operator must look. The lease keeps it out of the others' way.
            self.set_aside += 1
            logger.error("room %s is not sealed: its chain breaks at event %d", room, broken)
            return None
        manifest = self._manifest(room, records)
        try:
            written = await asyncio.to_thread(write, self._folder, records, manifest)
        except OSError as error:
            logger.error("room %s cannot be archived in %s: %s; it is tried again", room, self._folder, error.strerror)
            return None
        head, now_ms = records[-1].head, self._now_ms()
        record = _sealed_record(room, head, records[-1].at, manifest, now_ms)
        row = _archive_row(manifest, written, now_ms)
        await self._database.write(lambda session: _mark(session, self.name, head, record, row, now_ms))
        return record

    async def _records(self, room: str) -> list[Record]:
        records: list[Record] = []
        while page := await self._journal.records(room, len(records), PAGE):
            records += page
        return records

    def _manifest(self, room: str, records: list[Record]) -> Manifest:
        return self._key.signed(
            Manifest(
                room=room,
                upto=len(records),
                opened_at=records[0].at,
                closed_at=records[-1].at,
                head=records[-1].digest,
                root=merkle_root([record.digest for record in records]),
                key_id="",
                public_key=b"",
            )
        )


def _to_seal(session: Session, now_ms: int, *, lock: bool) -> str | None:
    room = tables.Room
    wanted = (
        select(col(room.id))
        .where(col(room.status) == "closed", col(room.sealed_upto) == 0)
        .where(or_(col(room.claimed_until).is_(None), col(room.claimed_until) < now_ms))
        .order_by(col(room.closed_at))
        .limit(1)
    )
    return session.scalars(wanted.with_for_update(skip_locked=True) if lock else wanted).first()


def _claimed(session: Session, worker: str, now_ms: int) -> str | None:
    found = _to_seal(session, now_ms, lock=True)
    if found is not None:
        claim = update(tables.Room).where(col(tables.Room.id) == found)
        session.execute(claim.values(claimed_by=worker, claimed_until=now_ms + LEASE_MS))
    return found


def _mark(session: Session, worker: str, head: Head, record: Record, row: tables.Archive, now_ms: int) -> None:
    """Seal, if the lease is still ours and the room's log still ends where it was read. Raises `LeaseLost`."""
    room = tables.Room
    mine = (
        update(room)
        .where(col(room.id) == record.room, col(room.seq) == head.seq, col(room.head) == head.digest)
        .where(col(room.claimed_by) == worker, col(room.claimed_until) > now_ms, col(room.sealed_upto) == 0)
        .values(seq=record.seq, head=record.digest, sealed_upto=head.seq, claimed_by=None, claimed_until=None)
        .returning(col(room.id))
    )
    if session.scalars(mine).first() is None:
        raise LeaseLost
    session.add(tables.Event(**{name: getattr(record, name) for name in record.__struct_fields__}))
    session.add(row)


def _sealed_record(room: str, head: Head, closed_at: int, manifest: Manifest, now_ms: int) -> Record:
    body = Sealed(upto=manifest.upto, root=manifest.root.hex(), key_id=manifest.key_id)
    name = b32encode(sha256(f"sealed\0{room}\0{manifest.upto}".encode()).digest()[:16]).decode().rstrip("=").lower()
    event = Event(head.seq + 1, name, max(closed_at, now_ms), By(SYSTEM), body)
    return recorded(room, head, event, Salts(os.urandom(16), os.urandom(16)))


def _archive_row(manifest: Manifest, written: Written, now_ms: int) -> tables.Archive:
    return tables.Archive(
        room=manifest.room,
        upto=manifest.upto,
        root=manifest.root,
        key_id=manifest.key_id,
        signature=manifest.signature,
        path=written.name,
        sha256=written.sha256,
        size_bytes=written.size_bytes,
        events=manifest.upto,
        sealed_at=now_ms,
    )
