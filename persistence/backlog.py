"""How much is waiting to be sealed, for `/metrics`: one query every few seconds, answered from two small indexes."""

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from persistence import tables
from persistence.claims import MOST_TRIES, to_seal
from persistence.database import Database

EVERY_S: Final = 5.0


class Waiting(NamedTuple):
    """`rooms` wait to be sealed, the first `since` (Unix ms); `aside` were set aside, `unwritable` wait for a disk."""

    rooms: int = 0
    since: int | None = None
    aside: int = 0
    unwritable: int = 0


class Backlog:
    """What waits for the workers, whichever processes they are. While the database is away: as it last was."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self.now = Waiting()
        self._database = database
        self._now_ms = now_ms
        self._next_s = 0.0

    @property
    def lag_s(self) -> float:
        """For how long the first of those that wait has waited."""
        return max(0, self._now_ms() - self.now.since) / 1_000 if self.now.since is not None else 0.0

    async def refresh(self) -> None:
        """Ask anew, every 5 s at most. Raises `Unavailable`."""
        if time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + EVERY_S
            self.now = await self._database.read(waiting)


def waiting(session: Session) -> Waiting:
    """What waits now."""
    room, trouble = tables.Room, tables.Trouble
    since = func.min(func.coalesce(col(room.addendum_since), col(room.closed_at)))
    aside = select(func.count()).select_from(trouble).where(col(trouble.tries) >= MOST_TRIES)
    unwritable = select(func.count()).select_from(trouble).where(col(trouble.kind) == "folder")
    found = select(func.count(), since, aside.scalar_subquery(), unwritable.scalar_subquery())
    rooms, first, set_aside, full = session.connection().execute(found.select_from(room).where(to_seal())).one()
    return Waiting(rooms, first, set_aside, full)
