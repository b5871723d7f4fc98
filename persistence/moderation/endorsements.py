"""Who agreed with whom, counted from sealed rooms: each room once, whichever workers count at the same time."""

from collections import Counter
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from persistence import tables
from persistence.database import Database
from persistence.insert import insert_new
from persistence.moderation.rings import Edge
from persistence.moderation.tables import Counted, Endorsement
from realtime.ports import Journal
from realtime.rooms.chain import event_of
from realtime.rooms.room import Room, fold

AT_ONCE: Final = 20
PAGE: Final = 500

Pairs = Counter[tuple[str, str]]


class Endorsements:
    """Counts the rooms that were sealed since. `count` is a chore."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    async def count(self) -> None:
        """Count until nothing is left to count. Raises `Unavailable`."""
        while rooms := await self._database.read(_uncounted):
            for room in rooms:
                pairs = agreed(await self._folded(room))
                await self._database.write(lambda sql, room=room, pairs=pairs: _add(sql, room, pairs))  # type: ignore[misc]

    async def _folded(self, room: str) -> Room | None:
        state: Room | None = None
        while records := await self._journal.records(room, state.seq if state else 0, PAGE):
            for record in records:
                state = fold(state, event_of(record))
        return state


def agreed(room: Room | None) -> Pairs:
    """How many posts of whom each person agrees with in `room`: (by, author)."""
    posts = room.posts.values() if room is not None else ()
    return Counter((by, post.by) for post in posts for by in post.holders("agree"))


def edges(session: Session) -> list[Edge]:
    """All that is counted."""
    found = session.execute(select(Endorsement)).scalars()
    return [Edge(row.by, row.author, row.rooms, row.posts) for row in found]


def _uncounted(session: Session) -> list[str]:
    room = tables.Room
    counted = select(col(Counted.room)).where(col(Counted.room) == col(room.id))
    sealed = (col(room.status) == "closed", col(room.sealed_upto) > 0, ~counted.exists())
    return list(session.execute(select(col(room.id)).where(*sealed).limit(AT_ONCE)).scalars())


def _add(session: Session, room: str, pairs: Pairs) -> None:
    """Where another worker was faster, this changes nothing."""
    try:
        with session.begin_nested():
            session.add(Counted(room=room))
            session.flush()
    except IntegrityError:
        return
    insert_new(
        session,
        Endorsement,
        [{"by": by, "author": author, "rooms": 0, "posts": 0} for by, author in sorted(pairs)],
        ("by", "author"),
    )
    for (by, author), posts in sorted(pairs.items()):
        row = session.get_one(Endorsement, (by, author), with_for_update=True, populate_existing=True)
        row.rooms += 1
        row.posts += posts
        session.add(row)
