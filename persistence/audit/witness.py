"""Making checkpoints: what rooms and chains have come to since the last one, joined, signed and kept."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, or_, text
from sqlmodel import Session, col, select

from persistence import tables
from persistence.audit.checkpoint import Signed, Statement, Witnessed, signed
from persistence.audit.tables import AuditChain, Checkpoint, WitnessedRoom
from persistence.database import Database
from persistence.seal import SealKey
from realtime.rooms.events import canonical

MOST_HEADS: Final = 20_000
# A commit may wait behind them.
MARKED_AT_ONCE: Final = 500
# What was touched that long before the last checkpoint is looked at again: clocks of nodes differ.
OVERLAP_MS: Final = 86_400_000

_KEEP: Final = text(
    "INSERT INTO checkpoint (number, at, statement, heads) VALUES (:number, :at, :statement, :heads)"
    " ON CONFLICT DO NOTHING RETURNING number"
)
_MARK_ROOM: Final = text(
    "INSERT INTO witnessedroom (room, seq) VALUES (:name, :number)"
    " ON CONFLICT (room) DO UPDATE SET seq = excluded.seq WHERE witnessedroom.seq < excluded.seq"
)
_MARK_CHAIN: Final = text("UPDATE auditchain SET witnessed = :number WHERE chain = :name AND witnessed < :number")


class Witness:
    """Signs with `key`. Any number may be at work: of two that make the same checkpoint one is kept."""

    def __init__(self, database: Database, key: SealKey, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._key = key
        self._now_ms = now_ms

    async def checkpoint(self, cuts: Sequence[Witnessed] = ()) -> Signed | None:
        """A checkpoint over all that has changed and `cuts`, or None where nothing has. Raises `Unavailable`."""
        before = await self._database.read(last)
        heads = [*await self._database.read(partial(_changed, before)), *cuts]
        if not heads:
            return None
        made = signed(before.statement if before else None, heads, self._now_ms(), self._key)
        if not await self._database.write(partial(_keep, made)):
            return None
        for start in range(0, len(heads), MARKED_AT_ONCE):
            await self._database.write(partial(_mark, heads[start : start + MARKED_AT_ONCE]))
        return made


def last(session: Session) -> Signed | None:
    """The newest checkpoint."""
    row = session.exec(select(Checkpoint).order_by(col(Checkpoint.number).desc()).limit(1)).first()
    return checkpoint_of(row) if row is not None else None


def checkpoint_of(row: Checkpoint) -> Signed:
    """What a row keeps. Raises `ValueError` where that is no checkpoint."""
    try:
        heads = msgspec.msgpack.decode(row.heads, type=list[Witnessed])
        return Signed(msgspec.msgpack.decode(row.statement, type=Statement), heads)
    except msgspec.DecodeError:
        raise ValueError("is not readable: it was changed") from None


def _changed(before: Signed | None, session: Session) -> list[Witnessed]:
    chain = select(AuditChain).where(col(AuditChain.number) > col(AuditChain.witnessed)).limit(MOST_HEADS)
    chains = [Witnessed("chain", row.chain, row.number, row.digest) for row in session.exec(chain)]
    room, witnessed = tables.Room, WitnessedRoom
    wanted = (
        select(room.id, room.seq, room.head)
        .outerjoin(witnessed, col(witnessed.room) == col(room.id))
        .where(or_(col(witnessed.seq).is_(None), col(witnessed.seq) < col(room.seq)))
        .order_by(col(room.id))
        .limit(MOST_HEADS)
    )
    if before is not None and before.statement.size < MOST_HEADS:
        wanted = wanted.where(_touched(before.statement.at - OVERLAP_MS))
    return [*(Witnessed("room", *row) for row in session.exec(wanted)), *chains]


def _touched(since_ms: int) -> ColumnElement[bool]:
    """Of `room`: may have changed since then. Each way has an index, so that not every room is read."""
    room, archive = tables.Room, tables.Archive
    sealed = select(archive.room).where(col(archive.sealed_at) >= since_ms)
    return or_(col(room.status) == "open", col(room.touched_at) >= since_ms, col(room.id).in_(sealed))


def _keep(made: Signed, session: Session) -> bool:
    row = {
        "number": made.statement.number,
        "at": made.statement.at,
        "statement": canonical(made.statement),
        "heads": canonical(made.heads),
    }
    return session.connection().execute(_KEEP, row).first() is not None


def _mark(heads: Sequence[Witnessed], session: Session) -> None:
    for kind, statement in (("room", _MARK_ROOM), ("chain", _MARK_CHAIN)):
        rows = [{"name": head.name, "number": head.number} for head in heads if head.kind == kind]
        if rows:
            session.connection().execute(statement, rows)
