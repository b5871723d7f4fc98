"""The worker's chore of follow-up: it looks at closed cases when their columns say so, and tells who is to be told."""

import logging
from collections.abc import Callable
from functools import partial

from persistence.database import Database
from persistence.follow_up.telling import tell, to_look_at
from persistence.logbook import folded
from realtime.errors import Unavailable
from realtime.ports import Journal

logger = logging.getLogger("curbside.worker")


class FollowUp:
    """`step` is a chore; several workers may do it at once. What it knows is in the journal and in the columns."""

    def __init__(self, database: Database, journal: Journal, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._journal = journal
        self._now_ms = now_ms
        self._broken: frozenset[str] = frozenset()

    async def step(self) -> None:
        """Look at all cases whose time has come. Raises `Unavailable`."""
        while rooms := await self._waiting():
            for room in rooms:
                await self._look_at(room)

    async def _waiting(self) -> list[str]:
        now_ms = self._now_ms()
        return await self._database.read(lambda session: to_look_at(session, now_ms, self._broken))

    async def _look_at(self, room: str) -> None:
        """What this process cannot read it leaves, so that it keeps no other from being followed up."""
        try:
            state = await folded(self._journal, room)
            assert state is not None, "it is listed"
            await self._database.write(partial(tell, room=state, now_ms=self._now_ms()))
        except Unavailable:
            raise
        except Exception:
            logger.exception("room %s is not followed up", room)
            self._broken |= {room}
