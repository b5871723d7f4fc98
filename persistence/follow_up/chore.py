"""The worker's chore of follow-up: it looks at closed cases when their columns say so, and tells who is to be told."""

from collections.abc import Callable, Collection
from functools import partial

from persistence.database import Database
from persistence.each_room import EachRoom
from persistence.follow_up.telling import tell, to_look_at
from persistence.logbook import folded
from realtime.ports import Journal


class FollowUp(EachRoom[str]):
    """What it knows is in the journal and in the columns."""

    failed = "is not followed up"

    def __init__(self, database: Database, journal: Journal, now_ms: Callable[[], int]) -> None:
        super().__init__(database, journal)
        self._now_ms = now_ms

    async def _waiting(self, but: Collection[str]) -> list[str]:
        now_ms = self._now_ms()
        return await self._database.read(lambda session: to_look_at(session, now_ms, but))

    async def _look_at(self, one: str) -> None:
        state = await folded(self._journal, one)
        assert state is not None, "it is listed"
        await self._database.write(partial(tell, room=state, now_ms=self._now_ms()))
