"""Who agreed with whom, counted from sealed rooms: each room once, whichever workers count at the same time."""

from collections import Counter
from collections.abc import Collection
from functools import partial
from typing import Final, NamedTuple

from sqlalchemy import CTE, and_, func, select, union
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from persistence import tables
from persistence.each_room import EachRoom
from persistence.insert import insert_new
from persistence.logbook import folded
from persistence.moderation.rings import LEAST_ROOMS, LEAST_SHARE, Edge
from persistence.moderation.tables import Counted, Endorsement
from realtime.rooms.room import Room

AT_ONCE: Final = 20

Pairs = Counter[tuple[str, str]]


class Endorsements(EachRoom[str]):
    """Counts the rooms that were sealed since."""

    failed = "is left out of what is counted of endorsements"

    async def _waiting(self, but: Collection[str]) -> list[str]:
        return await self._database.read(partial(_uncounted, but))

    async def _look_at(self, one: str) -> None:
        pairs = agreed(await folded(self._journal, one))
        await self._database.write(partial(_add, one, pairs))


def agreed(room: Room | None) -> Pairs:
    """How many posts of whom each person agrees with in `room`: (by, author)."""
    posts = room.posts.values() if room is not None else ()
    return Counter((by, post.by) for post in posts for by in post.holders("agree"))


def edges(session: Session) -> list[Edge]:
    """All that is counted."""
    found = session.execute(select(Endorsement)).scalars()
    return [Edge(row.by, row.author, row.rooms, row.posts) for row in found]


class Circles(NamedTuple):
    """The edges among those who are close to anybody, and with how many posts of others each of them agreed in all."""

    edges: list[Edge]
    totals: dict[str, int]


def circles(session: Session) -> Circles:
    """What `rings` looks at, grouped and narrowed by the database: of all that is counted the least part."""
    given, others = aliased(Endorsement), col(Endorsement.by) != col(Endorsement.author)
    sums = select(col(Endorsement.by), func.sum(col(Endorsement.posts)).label("posts"))
    totals = sums.where(others).group_by(col(Endorsement.by)).cte("totals")
    close = _close(totals)
    people = union(select(close.c.one), select(close.c.other)).cte("people")
    wanted = (
        select(col(given.by), col(given.author), col(given.rooms), col(given.posts), totals.c.posts)
        .join(totals, totals.c.by == col(given.by))
        .where(col(given.by).in_(select(people.c.one)), col(given.author).in_(select(people.c.one)))
        .where(col(given.by) != col(given.author))
    )
    found = session.execute(wanted).all()
    return Circles([Edge(*row[:4]) for row in found], {row[0]: int(row[4]) for row in found})


def _close(totals: CTE) -> CTE:
    """Two who agree with each other as `rings` asks for."""
    there, back = aliased(Endorsement), aliased(Endorsement)
    mine, theirs = totals.alias(), totals.alias()
    both = (col(back.by) == col(there.author), col(back.author) == col(there.by))
    return (
        select(col(there.by).label("one"), col(there.author).label("other"))
        .join(back, and_(*both))
        .join(mine, mine.c.by == col(there.by))
        .join(theirs, theirs.c.by == col(back.by))
        .where(col(there.by) < col(there.author), col(there.rooms) >= LEAST_ROOMS, col(back.rooms) >= LEAST_ROOMS)
        .where(col(there.posts) + col(back.posts) >= LEAST_SHARE * (mine.c.posts + theirs.c.posts))
        .cte("close")
    )


def _uncounted(but: Collection[str], session: Session) -> list[str]:
    room = tables.Room
    counted = select(col(Counted.room)).where(col(Counted.room) == col(room.id))
    sealed = (col(room.status) == "closed", col(room.sealed_upto) > 0, ~counted.exists(), col(room.id).not_in(but))
    return list(session.execute(select(col(room.id)).where(*sealed).limit(AT_ONCE)).scalars())


def _add(room: str, pairs: Pairs, session: Session) -> None:
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
