"""What went by channels is kept for a month, as the notices are that nobody looks at."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import delete
from sqlmodel import Session, col, select

from persistence.channels import tables
from persistence.database import Database
from persistence.moderation.notices import KEPT_MS

AT_ONCE: Final = 1_000


class Forgetting:
    """Removes what is older. `step` is a chore; `now_ms` is Unix time."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms

    async def step(self) -> None:
        """Remove all that is too old. Raises `Unavailable`."""
        while await self._database.write(lambda sql: remove_old(sql, self._now_ms())) == AT_ONCE:
            pass


def remove_old(session: Session, now_ms: int) -> int:
    """Remove at most a thousand deliveries of notices that are a month old; how many there were."""
    row = tables.Delivery
    wanted = select(row.notice, row.person, row.channel).where(row.at < now_ms - KEPT_MS).limit(AT_ONCE)
    keys = session.exec(wanted).all()
    for notice, person, channel in keys:
        mine = (col(row.notice) == notice, col(row.person) == person, col(row.channel) == channel)
        session.execute(delete(row).where(*mine))
    return len(keys)
