"""The items of a case go into the tables, and what each person's come to is made anew from all of theirs.

So what is kept is what a count from nothing would give, however often, in whatever order and by whichever workers the
cases were scored. Sums are locked in one order, before what they are made of is read.
"""

from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, delete, select, update

from persistence import tables
from persistence.credibility.tables import Credibility, ScoredItem
from persistence.insert import insert_new
from realtime.rooms.credibility.item import Item, Scored
from realtime.rooms.events import canonical


class Place(NamedTuple):
    """Where a sum stands."""

    person: str
    specialty: str
    kind: str


class Read(NamedTuple):
    """A case as it was read: what is scored in it, where its log ended, and since when it was due, Unix ms."""

    room: str
    scored: Scored
    seq: int
    due_at: int


def count(session: Session, read: Read) -> list[str] | None:
    """Take the items of a case: whose have changed. None where it has changed since, or another worker was faster."""
    if not _settled(session, read):
        return None
    before = {row.event: row for row in session.exec(select(ScoredItem).where(ScoredItem.room == read.room))}
    after = {item.event: _row(read.room, read.scored.specialty, item) for item in read.scored.items}
    changed = [event for event in sorted(before | after) if _values(before.get(event)) != _values(after.get(event))]
    places = sorted({_place(row) for event in changed for row in (before.get(event), after.get(event)) if row})
    for place in places:
        _lock(session, place)
    for event in changed:
        _replace(session, before.get(event), after.get(event))
    for place in places:
        _make(session, place)
    return sorted({place.person for place in places})


def _settled(session: Session, read: Read) -> bool:
    """Note that the case was scored, if it is as it was read."""
    room = tables.Room
    same = (col(room.id) == read.room, col(room.seq) == read.seq, col(room.rescore_at) == read.due_at)
    return (
        session.execute(update(room).where(*same).values(rescore_at=None).returning(col(room.id))).first() is not None
    )


def _row(room: str, specialty: str, item: Item) -> ScoredItem:
    return ScoredItem(
        room=room,
        event=item.event,
        person=item.person,
        specialty=specialty,
        kind=item.kind,
        at=item.at,
        outcome=item.outcome,
        score=item.score,
        loss=item.loss,
        forecasts=canonical(item.forecasts),
    )


def _values(row: ScoredItem | None) -> dict[str, Any] | None:
    return None if row is None else row.model_dump()


def _place(row: ScoredItem) -> Place:
    return Place(row.person, row.specialty, row.kind)


def _lock(session: Session, place: Place) -> None:
    insert_new(session, Credibility, [place._asdict() | {"n": 0, "sum": 0, "squares": 0}], Place._fields)
    session.get_one(Credibility, place, with_for_update=True, populate_existing=True)


def _replace(session: Session, before: ScoredItem | None, after: ScoredItem | None) -> None:
    if before is not None:
        session.exec(
            delete(ScoredItem).where(col(ScoredItem.room) == before.room, col(ScoredItem.event) == before.event)
        )
        session.expunge(before)
    if after is not None:
        session.add(after)
    session.flush()


def _make(session: Session, place: Place) -> None:
    """Make a sum anew; where nothing is in it, it goes."""
    row, score = session.get_one(Credibility, place), col(ScoredItem.score)
    mine = [col(getattr(ScoredItem, name)) == value for name, value in place._asdict().items()]
    wanted = select(func.count(), func.sum(score), func.sum(score * score)).where(*mine)
    n, total, squares = session.execute(wanted).one()
    if n:
        row.n, row.sum, row.squares = int(n), int(total), int(squares)
        session.add(row)
    else:
        session.delete(row)
    session.flush()
