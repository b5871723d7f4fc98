"""Chores that look at rooms one by one: what this process cannot read keeps no other from being looked at."""

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import ClassVar, Generic, TypeVar

from persistence.database import Database
from realtime.errors import Unavailable
from realtime.ports import Journal

logger = logging.getLogger("curbside.worker")

W = TypeVar("W")


class EachRoom(ABC, Generic[W]):
    """`step` is a chore; several workers may do it at once. What waits is a room's id, or names it as `room`.

    `share`: so much of the time it works, up to 1. In a process that has live rooms they go before a thousand cases
    that have just been opened.
    """

    failed: ClassVar[str]
    """What is logged of a room with which it did not go well."""

    def __init__(self, database: Database, journal: Journal, share: float = 1.0) -> None:
        self._database = database
        self._journal = journal
        self._rests = 1.0 / share - 1.0
        self._broken: frozenset[str] = frozenset()

    async def step(self) -> None:
        """Look at all rooms that wait. Raises `Unavailable`."""
        while found := await self._waiting(self._broken):
            for one in found:
                begun_s = time.monotonic()
                await self._try(one)
                await asyncio.sleep(self._rests * (time.monotonic() - begun_s))

    @abstractmethod
    async def _waiting(self, but: Collection[str]) -> Sequence[W]:
        """Rooms that wait, some at a time, but for these. Raises `Unavailable`."""

    @abstractmethod
    async def _look_at(self, one: W) -> None:
        """Do what there is to do, which ends its waiting. Raises `Unavailable`."""

    async def _try(self, one: W) -> None:
        try:
            await self._look_at(one)
        except Unavailable:
            raise
        except Exception:
            room = str(getattr(one, "room", one))
            logger.exception("room %s %s", room, self.failed)
            self._broken |= {room}
