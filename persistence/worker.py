"""The worker: what nobody waits for. It claims closed rooms by a lease, verifies, archives and seals them.

Killed at any step, the next one seals exactly once: the file is the same bytes whoever writes it, and the archive's
row, the `sealed` event and the room's mark are one transaction that only the holder of the lease commits.
"""

import asyncio
import logging
import os
from base64 import b32encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from sqlmodel import Session

from persistence import claims, troubles
from persistence.claims import MOST_TRIES, Claim, LeaseLost
from persistence.database import Database
from persistence.seal import SealKey
from persistence.sealer import Sealer
from persistence.stillness import Stillness
from persistence.troubles import Unsealable
from realtime.errors import Unavailable
from realtime.ports import Journal
from realtime.rooms.chain import Record

logger = logging.getLogger("curbside.worker")

POLL_S: Final = 0.3
LONGEST_PAUSE_S: Final = 60.0


class Worker:
    """Seals closed rooms, one at a time. `told` is called with the `sealed` record of each.

    `pause_s` is how long it rests before it tries again, where the archive's folder cannot be written: longer each
    time, up to a minute.
    """

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
        self.pause_s = 0.0
        self._database = database
        self._now_ms = now_ms
        self._told = told
        self._stillness = Stillness(database)
        self._to_release: set[str] = set()
        self._sealer = Sealer(self.name, database=database, journal=journal, folder=folder, key=key, now_ms=now_ms)

    async def run(self) -> None:
        """Work until cancelled. What fails is logged and tried again."""
        while True:
            worked = False
            try:
                worked = self._stillness.broken() and await self.step()
            except Unavailable:
                pass
            except Exception:
                logger.exception("the worker failed; it goes on")
            if self.pause_s or not worked:
                await asyncio.sleep(self.pause_s or POLL_S)

    async def step(self) -> bool:
        """Try to seal one room; whether there was one to seal."""
        claim = await self.claim()
        if claim is None:
            return False
        try:
            await self.seal(claim)
        except Unavailable:
            self._to_release.add(claim.room)
            raise
        except LeaseLost:
            self._lost(claim.room)
        except Unsealable as why:
            await self._failed(claim.room, why)
        except Exception as error:
            logger.exception("sealing room %s failed", claim.room)
            await self._failed(claim.room, Unsealable("bug", f"{type(error).__name__} in the worker"))
        return True

    async def claim(self) -> Claim | None:
        """A room that nobody else has, or None. Raises `Unavailable`."""
        for room in list(self._to_release):
            await self._database.write(partial(self._released, room))
            self._to_release.discard(room)
        now_ms = self._now_ms()
        if not await self._database.read(lambda session: claims.waits(session, now_ms)):
            return None
        return await self._database.write(lambda session: claims.claimed(session, self.name, now_ms))

    async def seal(self, claim: Claim) -> None:
        """Seal a claimed room and tell of it. Raises `Unsealable`, `LeaseLost` or `Unavailable`."""
        async with self._lease_kept(claim.room):
            record = await self._sealer.seal(claim)
        self.pause_s = 0.0
        if record is not None:
            self.sealed += 1
            self._told(record)

    def _lost(self, room: str) -> None:
        logger.warning("room %s was taken over or has grown while it was sealed; nothing was written", room)
        self._to_release.add(room)

    def _released(self, room: str, session: Session) -> None:
        claims.released(session, self.name, room)

    async def _failed(self, room: str, why: Unsealable) -> None:
        if not why.counted:
            self.pause_s = min(2 * self.pause_s or 1.0, LONGEST_PAUSE_S)
            logger.error("room %s cannot be archived in %s; it is tried again", room, why.reason)
        now_ms = self._now_ms()
        try:
            tries = await self._database.write(lambda session: troubles.failed(session, self.name, room, why, now_ms))
        except LeaseLost:
            self._lost(room)
            return
        if tries >= MOST_TRIES:
            logger.error("room %s is set aside after %d tries: %s", room, tries, why.reason)
        elif why.counted:
            logger.warning("room %s is not sealed: %s; it is tried again", room, why.reason)

    @asynccontextmanager
    async def _lease_kept(self, room: str) -> AsyncIterator[None]:
        """Renew the lease for as long as the work takes."""
        renewing = asyncio.create_task(self._renew(room))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.wait([renewing])

    async def _renew(self, room: str) -> None:
        while True:
            await asyncio.sleep(claims.LEASE_MS / 3_000)
            with suppress(Unavailable):
                await self._database.write(lambda session: claims.renewed(session, self.name, room, self._now_ms()))
