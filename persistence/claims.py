"""Leases on rooms that are to be sealed: one worker at a time has a room, and only that one marks it sealed.

Every function is one short transaction's work.
"""

from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session, col

from persistence import tables
from realtime.rooms.chain import Head, Record

LEASE_MS: Final = 30_000
MOST_TRIES: Final = 3

Values = dict[str, int | bytes | None]


class LeaseLost(Exception):
    """Another worker has taken this room over, or its log has grown meanwhile: nothing was written."""


class Claim(NamedTuple):
    """A room that this worker may seal, as it was when it was claimed.

    `head`: where its log ends. `after`: up to where it is sealed already.
    """

    room: str
    head: Head
    after: int


class Seal(NamedTuple):
    """What marking writes: the `sealed` record that follows `head`, and the archive's row.

    `next_since`: when the first outcome came that this seal does not cover, Unix ms.
    """

    claim: Claim
    head: Head
    record: Record
    row: tables.Archive
    next_since: int | None


def to_seal() -> ColumnElement[bool]:
    """Of `room`: closed and not sealed, or with an outcome that came after; not set aside."""
    room, trouble = tables.Room, tables.Trouble
    first = and_(col(room.status) == "closed", col(room.sealed_upto) == 0)
    set_aside = select(col(trouble.room)).where(col(trouble.room) == col(room.id), col(trouble.tries) >= MOST_TRIES)
    # Not `IS NOT NULL`: for that SQLite would read every room.
    return and_(or_(first, col(room.addendum_since) > 0), ~set_aside.exists())


def waits(session: Session, now_ms: int) -> bool:
    """Whether there is a room to claim."""
    return _next(session, now_ms, lock=False) is not None


def claimed(session: Session, worker: str, now_ms: int) -> Claim | None:
    """The room that was closed first of those that are free: `worker` has it for 30 s."""
    found = _next(session, now_ms, lock=True)
    if found is None:
        return None
    room = tables.Room
    claim = update(room).where(col(room.id) == found).values(claimed_by=worker, claimed_until=now_ms + LEASE_MS)
    seq, head, after = session.execute(claim.returning(col(room.seq), col(room.head), col(room.sealed_upto))).one()
    return Claim(found, Head(seq, head), after)


def renewed(session: Session, worker: str, room: str, now_ms: int) -> None:
    """Hold a lease for 30 s more, if it is still ours."""
    mine = update(tables.Room).where(col(tables.Room.id) == room, col(tables.Room.claimed_by) == worker)
    session.execute(mine.values(claimed_until=now_ms + LEASE_MS))


def released(session: Session, worker: str, room: str) -> None:
    """Give a lease back before it ends, if it is still ours."""
    mine = update(tables.Room).where(col(tables.Room.id) == room, col(tables.Room.claimed_by) == worker)
    session.execute(mine.values(claimed_by=None, claimed_until=None))


def taken(session: Session, holder: str, room: str, now_ms: int) -> None:
    """Give `holder` a room for 30 s, whoever has it: what that one has read is not sealed any more."""
    theirs = update(tables.Room).where(col(tables.Room.id) == room)
    session.execute(theirs.values(claimed_by=holder, claimed_until=now_ms + LEASE_MS))


def held(session: Session, worker: str, room: str, now_ms: int) -> None:
    """Raises `LeaseLost` where a lease is not ours any more."""
    row = tables.Room
    mine = (col(row.id) == room, col(row.claimed_by) == worker, col(row.claimed_until) > now_ms)
    if session.scalars(select(col(row.id)).where(*mine)).first() is None:
        raise LeaseLost


def mark(session: Session, worker: str, seal: Seal, now_ms: int) -> None:
    """Seal, if the lease is still ours and the log still ends where it was read. Raises `LeaseLost`."""
    values: Values = {"seq": seal.record.seq, "head": seal.record.digest, "sealed_upto": seal.row.upto}
    _settle(session, worker, seal.claim, seal.head, now_ms, values | {"addendum_since": seal.next_since})
    session.add(tables.Event(**{name: getattr(seal.record, name) for name in seal.record.__struct_fields__}))
    session.add(seal.row)
    if (trouble := session.get(tables.Trouble, seal.claim.room)) is not None:
        session.delete(trouble)


def nothing_new(session: Session, worker: str, claim: Claim, now_ms: int) -> None:
    """Note that there is no outcome to seal after all. Raises `LeaseLost`."""
    _settle(session, worker, claim, claim.head, now_ms, {"addendum_since": None})


def _next(session: Session, now_ms: int, *, lock: bool) -> str | None:
    room = tables.Room
    free = or_(col(room.claimed_until).is_(None), col(room.claimed_until) < now_ms)
    wanted = select(col(room.id)).where(to_seal(), free).order_by(col(room.closed_at)).limit(1)
    return session.scalars(wanted.with_for_update(skip_locked=True) if lock else wanted).first()


def _settle(session: Session, worker: str, claim: Claim, head: Head, now_ms: int, values: Values) -> None:
    room = tables.Room
    mine = (
        update(room)
        .where(col(room.id) == claim.room, col(room.seq) == head.seq, col(room.head) == head.digest)
        .where(col(room.claimed_by) == worker, col(room.claimed_until) > now_ms, col(room.sealed_upto) == claim.after)
        .values(**values, claimed_by=None, claimed_until=None)
        .returning(col(room.id))
    )
    if session.scalars(mine).first() is None:
        raise LeaseLost
