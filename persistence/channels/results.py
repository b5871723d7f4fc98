"""What became of the last that was sent by a channel."""

from typing import Final

import msgspec
from sqlmodel import Session, col, select

from persistence.channels.tables import Delivery

FEW: Final = 3


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """One delivery, or test. `at`: when it was sent, or else when there was something to tell, Unix ms."""

    at: int
    state: str
    attempts: int
    error: str | None = None


def last_results(session: Session, channel: str) -> list[Result]:
    """Of the last few deliveries by this channel, the newest first."""
    row = Delivery
    wanted = select(row).where(row.channel == channel).order_by(col(row.at).desc(), col(row.notice)).limit(FEW)
    return [Result(one.sent_at or one.at, one.state, one.attempts, one.error) for one in session.exec(wanted)]
