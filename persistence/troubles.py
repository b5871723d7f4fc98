"""Rooms that could not be sealed: noted, set aside at the third time, listed, and released for another try."""

from typing import Final

from sqlalchemy import update
from sqlmodel import Session, col, select

from persistence import tables
from persistence.claims import MOST_TRIES, LeaseLost

AGAIN_MS: Final = 2_000


class Unsealable(Exception):
    """A room cannot be sealed as it is. `kind` as in `tables.Trouble`; `first`: the `seq` of the first wrong event.

    The sentence has nobody's words in it.
    """

    def __init__(self, kind: str, reason: str, first: int | None = None) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.first = first

    @property
    def counted(self) -> bool:
        """Whether it is this room's own trouble. That of the archive's folder is all rooms', and passes."""
        return self.kind != "folder"


def failed(session: Session, worker: str, room: str, why: Unsealable, now_ms: int) -> int:
    """Note why `room` was not sealed and give it back; how many tries were counted. Raises `LeaseLost`.

    Whichever workers tried: the count is the room's.
    """
    mine = (
        update(tables.Room)
        .where(col(tables.Room.id) == room)
        .where(col(tables.Room.claimed_by) == worker, col(tables.Room.claimed_until) > now_ms)
        .values(claimed_by=None, claimed_until=now_ms + AGAIN_MS if why.counted else None)
        .returning(col(tables.Room.id))
    )
    if session.scalars(mine).first() is None:
        raise LeaseLost
    earlier = session.get(tables.Trouble, room)
    tries = (earlier.tries if earlier else 0) + why.counted
    noted = tables.Trouble(room=room, kind=why.kind, reason=why.reason, first_wrong=why.first, tries=tries, at=now_ms)
    session.merge(noted)
    return tries


def set_aside(session: Session) -> list[tables.Trouble]:
    """The rooms that are set aside, the first one first."""
    wanted = select(tables.Trouble).where(col(tables.Trouble.tries) >= MOST_TRIES)
    return list(session.exec(wanted.order_by(col(tables.Trouble.at))))


def release(session: Session, room: str) -> bool:
    """Let workers try `room` again, three times; whether it was set aside."""
    trouble = session.get(tables.Trouble, room)
    if trouble is None or trouble.tries < MOST_TRIES:
        return False
    session.delete(trouble)
    return True
