"""A case's intervals go into the tables, and every cell that one of them is in is made anew from all of its intervals.

So what is kept is what a count from nothing would give, however often, in whatever order and by whichever workers the
cases were counted. Cells are locked in one order, before what is in them is read.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Final, NamedTuple

from sqlmodel import Session, col, delete, select, update
from sqlmodel.sql.expression import SelectOfScalar

from persistence import tables
from persistence.figures.quantiles import cell
from persistence.figures.tables import CaseWait, WaitBucket, WaitCell
from persistence.insert import insert_new
from persistence.observers.summary import month
from realtime.rooms.figures import Waits

ALL: Final = "*"
"""Of acuity and specialty: all of them together."""


class Place(NamedTuple):
    """Where a cell stands."""

    month: str
    measure: str
    acuity: str
    specialty: str


class Counted(NamedTuple):
    """A case as it was read: its intervals, where its log ended, when it was due and is due again, Unix ms."""

    room: str
    waits: Waits
    seq: int
    due_at: int
    next_at: int | None


def count(session: Session, counted: Counted) -> bool:
    """Take the figures of a case; False where it has changed since, or another worker was faster."""
    if not _settled(session, counted):
        return False
    before = {row.measure: row for row in session.exec(select(CaseWait).where(CaseWait.room == counted.room))}
    after = rows(counted.room, counted.waits)
    changed = [name for name in sorted(before.keys() | after.keys()) if _differ(before.get(name), after.get(name))]
    places = sorted({place for name in changed for place in _places(before.get(name), after.get(name))})
    for place in places:
        _lock(session, place)
    for name in changed:
        _replace(session, before.get(name), after.get(name))
    for place in places:
        _make(session, place)
    return True


def rows(room: str, waits: Waits) -> Mapping[str, CaseWait]:
    """The rows of a case, by measure."""
    as_what = {"acuity": waits.acuity, "specialty": waits.specialty, "month": month(waits.opened_at)}
    return {measure: CaseWait(room=room, measure=measure, ms=ms, **as_what) for measure, ms in waits.ms.items()}


def _settled(session: Session, counted: Counted) -> bool:
    """Note that the case was counted, if it is as it was read."""
    room = tables.Room
    same = (col(room.id) == counted.room, col(room.seq) == counted.seq, col(room.recount_at) == counted.due_at)
    settled = update(room).where(*same).values(recount_at=counted.next_at).returning(col(room.id))
    return session.execute(settled).first() is not None


def _differ(one: CaseWait | None, other: CaseWait | None) -> bool:
    return (one and one.model_dump()) != (other and other.model_dump())


def _places(*rows: CaseWait | None) -> Iterator[Place]:
    """The cells that these intervals are in: their own, and those that take several together."""
    for row in rows:
        if row is not None:
            for acuity, specialty in product((row.acuity, ALL), (row.specialty, ALL)):
                yield Place(row.month, row.measure, acuity, specialty)


def _lock(session: Session, place: Place) -> None:
    nothing = {"n": 0, "median_ms": 0, "p90_ms": 0, "sum_ms": 0}
    insert_new(session, WaitCell, [place._asdict() | nothing], Place._fields)
    session.get_one(WaitCell, place, with_for_update=True, populate_existing=True)


def _replace(session: Session, before: CaseWait | None, after: CaseWait | None) -> None:
    if before is not None:
        session.exec(delete(CaseWait).where(col(CaseWait.room) == before.room, col(CaseWait.measure) == before.measure))
        session.expunge(before)
    if after is not None:
        session.add(after)
    session.flush()


def _make(session: Session, place: Place) -> None:
    """Make a cell anew; where nothing is in it, it goes."""
    row = session.get_one(WaitCell, place)
    found = cell(session.exec(_in(place)))
    if found is None:
        session.delete(row)
    else:
        row.n, row.median_ms, row.p90_ms, row.sum_ms = found[:4]
        session.add(row)
    if ALL not in place:
        _fill(session, place, found.counts if found else ())


def _fill(session: Session, place: Place, counts: Iterable[int]) -> None:
    """Fill the buckets of a cell anew."""
    mine = [col(getattr(WaitBucket, name)) == value for name, value in place._asdict().items()]
    session.exec(delete(WaitBucket).where(*mine))
    full = [{**place._asdict(), "bucket": bucket, "n": n} for bucket, n in enumerate(counts) if n]
    session.add_all(WaitBucket(**row) for row in full)


def _in(place: Place) -> SelectOfScalar[int]:
    wanted = select(CaseWait.ms).where(CaseWait.measure == place.measure, CaseWait.month == place.month)
    for column, value in ((CaseWait.acuity, place.acuity), (CaseWait.specialty, place.specialty)):
        wanted = wanted if value == ALL else wanted.where(col(column) == value)
    return wanted
