"""Sealing one claimed room: read, check, write the file, read it back, mark. Each step may be the last of a process."""

import asyncio
import os
from base64 import b32encode
from collections.abc import Callable
from errno import EDQUOT, EIO, EMFILE, ENFILE, ENOSPC, EROFS
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from sqlmodel import Session, col, select

from persistence import tables
from persistence.archive import Written, draft, drop, put, read
from persistence.claims import Claim, LeaseLost, Seal, held, mark, nothing_new
from persistence.database import Database
from persistence.disk import write_out
from persistence.seal import AnySeal, SealKey, seal_from
from persistence.sealing import Part, next_part
from persistence.troubles import Unsealable
from realtime.errors import Unavailable
from realtime.ports import Journal
from realtime.rooms.chain import Record, Salts, recorded
from realtime.rooms.events import Event, Sealed, canonical
from realtime.rooms.people import SYSTEM, By

PAGE: Final = 1_000
# These say something of the disk or of this process, not of one room's file.
NOT_THE_ROOM_S: Final = frozenset({ENOSPC, EDQUOT, EROFS, EIO, EMFILE, ENFILE})


class Sealer:
    """The hand of the worker called `name`. It writes into `folder`, and signs with `key`."""

    def __init__(
        self,
        name: str,
        *,
        database: Database,
        journal: Journal,
        folder: Path,
        key: SealKey,
        now_ms: Callable[[], int],
    ) -> None:
        self._name = name
        self._database = database
        self._journal = journal
        self._folder = folder
        self._key = key
        self._now_ms = now_ms

    async def seal(self, claim: Claim) -> Record | None:
        """Put the next seal on a room; its `sealed` record, or None where there was nothing new.

        Raises `Unsealable`, `LeaseLost` or `Unavailable`.
        """
        before = await self.last_seal(claim) if claim.after else None
        log = await self.log(claim)
        part = await asyncio.to_thread(next_part, log, claim, before)
        if part is None:
            await self._database.write(lambda session: nothing_new(session, self._name, claim, self._now_ms()))
            return None
        manifest = self._key.signed(part.manifest)
        written = await self.written(part, manifest)
        now_ms = self._now_ms()
        record = _sealed_record(claim.room, log[-1], manifest, now_ms)
        row = _archive_row(manifest, written, len(part.records), now_ms)
        await self.marked(Seal(claim, log[-1].head, record, row, part.next_since))
        return record

    async def last_seal(self, claim: Claim) -> AnySeal:
        """The manifest that the next one names. Raises `Unsealable`."""
        row = await self._database.read(partial(_archived, claim))
        if row is None:
            raise Unsealable("chain", "its last seal is not in the database any more")
        try:
            if row.manifest is None:
                return (await asyncio.to_thread(read, self._folder / row.path)).manifest
            return seal_from(msgspec.msgpack.decode(row.manifest))
        except OSError as error:
            raise Unsealable("folder", f"{self._folder}: {row.path}: {error.strerror}") from error
        except (ValueError, msgspec.DecodeError):
            raise Unsealable("chain", "its last seal was changed") from None

    async def log(self, claim: Claim) -> list[Record]:
        """What follows the last seal."""
        records: list[Record] = []
        while page := await self._journal.records(claim.room, claim.after + len(records), PAGE):
            records += page
        return records

    async def written(self, part: Part, manifest: AnySeal) -> Written:
        """The archive's file, in its place. Raises `Unsealable`, `LeaseLost` or `Unavailable`.

        An erasure takes the lease and then removes drafts. So a draft of what it erased is removed by it, or was begun
        after the lease was lost: neither gets into its place, however long this process was stopped in between.
        """
        try:
            drafted = await asyncio.to_thread(draft, self._folder, part.records, manifest, self._name)
            try:
                await self.held(manifest.room)
            except (LeaseLost, Unavailable):
                await asyncio.to_thread(drop, drafted)
                raise
            return await asyncio.to_thread(put, drafted)
        except OSError as error:
            await self.held(manifest.room)  # else the draft was taken away, and nothing is wrong
            passing = error.errno in NOT_THE_ROOM_S or not await asyncio.to_thread(self._can_write)
            raise Unsealable("folder" if passing else "file", f"{self._folder}: {error.strerror}") from error

    async def held(self, room: str) -> None:
        """Raises `LeaseLost` where the lease is not ours any more."""
        await self._database.read(lambda session: held(session, self._name, room, self._now_ms()))

    async def marked(self, seal: Seal) -> None:
        """One transaction: the archive's row, the `sealed` event, the room's mark. Raises `LeaseLost`."""
        await self._database.write(lambda session: mark(session, self._name, seal, self._now_ms()))

    def _can_write(self) -> bool:
        """Whether the archive takes any file at all: then one that it does not take is that room's own trouble."""
        probe = self._folder / f".probe.{self._name}"
        try:
            write_out(probe, b"may this process write here?")
            probe.unlink()
        except OSError:
            return False
        return True


def _archived(claim: Claim, session: Session) -> tables.Archive | None:
    archive = tables.Archive
    wanted = select(archive).where(col(archive.room) == claim.room, col(archive.upto) == claim.after)
    return session.exec(wanted).first()


def _sealed_record(room: str, last: Record, manifest: AnySeal, now_ms: int) -> Record:
    body = Sealed(upto=manifest.upto, root=manifest.root.hex(), key_id=manifest.key_id)
    name = b32encode(sha256(f"sealed\0{room}\0{manifest.upto}".encode()).digest()[:16]).decode().rstrip("=").lower()
    event = Event(last.seq + 1, name, max(last.at, now_ms), By(SYSTEM), body)
    return recorded(room, last.head, event, Salts(os.urandom(16), os.urandom(16)))


def _archive_row(manifest: AnySeal, written: Written, events: int, now_ms: int) -> tables.Archive:
    return tables.Archive(
        room=manifest.room,
        addendum=manifest.number,
        upto=manifest.upto,
        root=manifest.root,
        key_id=manifest.key_id,
        signature=manifest.signature,
        path=written.name,
        sha256=written.sha256,
        size_bytes=written.size_bytes,
        events=events,
        sealed_at=now_ms,
        manifest=canonical(manifest),
    )
