"""The worker's chore of credibility: it scores the cases whose outcome has changed, a little later than it did."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import Final, NamedTuple

from sqlmodel import Session, col, select

from persistence import tables
from persistence.credibility.counting import Read, count
from persistence.database import Database
from persistence.each_room import EachRoom
from persistence.logbook import events
from realtime.ports import Journal
from realtime.rooms.credibility.scoring import scored

AT_ONCE: Final = 50


class Due(NamedTuple):
    """A case that is to be scored: where its log ends, and since when that is due, Unix ms."""

    room: str
    seq: int
    due_at: int


class Scoring(EachRoom[Due]):
    """Scores all cases whose outcome has changed, and tells `changed` whose figures have."""

    failed = "is left out of what is scored"

    def __init__(
        self,
        database: Database,
        journal: Journal,
        now_ms: Callable[[], int],
        changed: Callable[[Sequence[str]], Awaitable[None]] | None = None,
        *,
        share: float = 1.0,
    ) -> None:
        super().__init__(database, journal, share)
        self._now_ms = now_ms
        self._changed = changed

    async def _waiting(self, but: Collection[str]) -> list[Due]:
        now_ms = self._now_ms()
        return await self._database.read(lambda session: _due(session, now_ms, but))

    async def _look_at(self, one: Due) -> None:
        log = [event async for event in events(self._journal, one.room) if event.seq <= one.seq]
        read = Read(one.room, scored(log), one.seq, one.due_at)
        people = await self._database.write(partial(count, read=read))
        if people and self._changed is not None:
            await self._changed(people)


def _due(session: Session, now_ms: int, but: Collection[str]) -> list[Due]:
    room = tables.Room
    wanted = select(room.id, room.seq, room.rescore_at).where(col(room.rescore_at) <= now_ms, col(room.id).not_in(but))
    found = session.exec(wanted.order_by(col(room.rescore_at)).limit(AT_ONCE)).all()
    return [Due(id_, seq, due_at) for id_, seq, due_at in found if due_at is not None]
