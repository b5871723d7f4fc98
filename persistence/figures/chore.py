"""The worker's chore of figures: it counts the cases that have changed, a little later than they did."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Final, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from persistence import tables
from persistence.database import Database
from persistence.each_room import EachRoom
from persistence.figures.counting import Counted, count
from persistence.logbook import events
from persistence.moderation.tables import Notice
from realtime.ports import Journal
from realtime.rooms.credibility.scoring import scored
from realtime.rooms.figures import Looks, Waits, waits
from realtime.rooms.fold import replay
from realtime.rooms.parts import parts
from realtime.rooms.tallies import tallies

AT_ONCE: Final = 50
AGAIN_MS: Final = 30_000
"""What is said of a notice changes no case: one that rings is counted again after this, until somebody has looked."""
GIVEN_UP_MS: Final = 24 * 3_600_000


class Due(NamedTuple):
    """A case that is to be counted: where its log ends, and since when that is due, Unix ms."""

    room: str
    seq: int
    due_at: int
    looks: Looks


class Figures(EachRoom[Due]):
    """Counts all cases that have changed."""

    failed = "is left out of the figures"

    def __init__(self, database: Database, journal: Journal, now_ms: Callable[[], int], *, share: float = 1.0) -> None:
        super().__init__(database, journal, share)
        self._now_ms = now_ms

    async def _waiting(self, but: Collection[str]) -> list[Due]:
        now_ms = self._now_ms()
        return await self._database.read(lambda session: _due(session, now_ms, but))

    async def _look_at(self, one: Due) -> None:
        log = [event async for event in events(self._journal, one.room) if event.seq <= one.seq]
        found, items, room = waits(log, one.looks), scored(log).items, replay(log)
        assert room is not None, "it begins with its opening"
        adds = (found, tallies(log, room, items), parts(log, items), room.card)
        counted = Counted(one.room, *adds, one.seq, one.due_at, self._next_at(found))
        await self._database.write(partial(count, counted=counted))

    def _next_at(self, found: Waits) -> int | None:
        now_ms = self._now_ms()
        rings = "paged" in found.ms and not found.ms.keys() & {"seen", "closed"}
        return now_ms + AGAIN_MS if rings and now_ms < found.opened_at + GIVEN_UP_MS else None


def _due(session: Session, now_ms: int, but: Collection[str]) -> list[Due]:
    room = tables.Room
    wanted = select(room.id, room.seq, room.recount_at).where(col(room.recount_at) <= now_ms, col(room.id).not_in(but))
    found = session.exec(wanted.order_by(col(room.recount_at)).limit(AT_ONCE)).all()
    looks = _looks(session, [id_ for id_, _, _ in found])
    return [Due(id_, seq, due_at, looks.get(id_, Looks())) for id_, seq, due_at in found if due_at is not None]


def _looks(session: Session, rooms: list[str]) -> dict[str, Looks]:
    """When the first notice of a page of each of these had reached a device, and was looked at."""
    delivered, seen = func.min(Notice.delivered_at), func.min(Notice.seen_at)
    wanted = select(Notice.room, delivered, seen).where(Notice.kind == "page", col(Notice.room).in_(rooms))
    found = session.exec(wanted.group_by(col(Notice.room)))
    return {room: Looks(delivered_at, seen_at) for room, delivered_at, seen_at in found if room is not None}
