"""Whether awards stay what they are meant to be: for few posts, and not all from one payer. A ratio, not a quota.

Only what was revealed counts: before the close nobody, moderators neither, may tell that there is anything.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec
from sqlmodel import Session, col, func, select

from persistence import tables as log
from persistence.awards.tables import COURSE, Award, AwardCourse
from persistence.database import Database
from persistence.moderation.notices import notify
from persistence.people import moderators
from realtime.rooms.notices import Notice
from realtime.rooms.observing import DAY_MS

WINDOW_MS: Final = 30 * DAY_MS
SHARE: Final = 0.02
"""About one post in a hundred is meant to be awarded; at twice as many somebody is to look."""
ONE_PAYER: Final = 0.5
ENOUGH: Final = 20
"""Fewer awards tell nothing."""

MANY: Final = (
    "More than 2 % of the posts of cases that closed in the last 30 days were awarded. Look at who awards what."
)
ONE: Final = "More than half of the awards of the last 30 days come from one institution. Look at who awards what."


class Counts(NamedTuple):
    """Of cases that closed within the window: their posts, opening questions included, and valid awards by payer."""

    posts: int
    awards: dict[str, int]

    @property
    def alarms(self) -> Sequence[str]:
        """What moderators are to be told."""
        total = sum(self.awards.values())
        if total < ENOUGH:
            return ()
        many = [MANY] if total > SHARE * self.posts else []
        return many + ([ONE] if max(self.awards.values()) > ONE_PAYER * total else [])


class Watch:
    """The worker's chore. What it tells it tells once in a month."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms

    async def step(self) -> None:
        """Count, and tell moderators where there is something to look at. Raises `Unavailable`."""
        now_ms = self._now_ms()
        await self._database.write(lambda sql: tell(sql, now_ms))


def counts(session: Session, now_ms: int) -> Counts:
    """What the ratio is made of."""
    room, event, course = log.Room, log.Event, AwardCourse
    since = now_ms - WINDOW_MS
    closed = col(room.closed_at) > since
    posts = select(func.count()).select_from(event).join(room, col(room.id) == col(event.room))
    posts = posts.where(closed, col(event.kind).in_(("opened", "post")))
    valid = (col(course.revealed_at) > since, col(course.void).is_(None))
    awards = select(Award.payer, func.count()).join(course, COURSE).where(*valid).group_by(col(Award.payer))
    return Counts(session.exec(posts).one(), dict(session.exec(awards).all()))


def tell(session: Session, now_ms: int) -> None:
    """Tell moderators what is to be looked at of the last 30 days."""
    tell_moderators(session, counts(session, now_ms).alarms, now_ms)


def tell_moderators(session: Session, texts: Sequence[str], now_ms: int) -> None:
    """Make the notices of this month, if they were not made before."""
    month = datetime.fromtimestamp(now_ms / 1_000, UTC).strftime("%Y-%m")
    people = moderators(session)
    for text in texts:
        id_ = blake2b(f"awards\0{month}\0{text}".encode(), digest_size=16).hexdigest()
        said = Notice(id=id_, person="", kind="moderation", text=text, at=now_ms)
        notify(session, [msgspec.structs.replace(said, person=person) for person in people])
