"""What went by channels is kept for a month, as the notices are that nobody looks at."""

from typing import Final

from sqlalchemy import delete
from sqlmodel import Session, col, select

from persistence.channels import tables
from persistence.moderation.notices import KEPT_MS

AT_ONCE: Final = 1_000


def remove_old(session: Session, now_ms: int) -> int:
    """Remove at most a thousand deliveries of notices that are a month old; how many there were."""
    row = tables.Delivery
    wanted = select(row.notice, row.person, row.channel).where(row.at < now_ms - KEPT_MS).limit(AT_ONCE)
    keys = session.exec(wanted).all()
    for notice, person, channel in keys:
        mine = (col(row.notice) == notice, col(row.person) == person, col(row.channel) == channel)
        session.execute(delete(row).where(*mine))
    return len(keys)
