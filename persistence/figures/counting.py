"""The rows of a case go into the tables, and their months are due to be made anew.

So what is kept is what a count from nothing would give, however often, in whatever order and by whichever workers the
cases were counted. Months are locked in one order.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Table, delete, select, update
from sqlmodel import Session, SQLModel, col

from persistence import tables
from persistence.figures.tables import CasePart, CaseShown, CaseTally, CaseWait, FigureMonth
from persistence.insert import insert_new, insert_or_replace
from persistence.observers.summary import month
from realtime.rooms.card import Card
from realtime.rooms.events import canonical
from realtime.rooms.figures import Waits
from realtime.rooms.parts import Part
from realtime.rooms.tallies import Tally

ROWS: Final[Mapping[type[SQLModel], str]] = {
    CaseWait: "measure",
    CaseTally: "measure",
    CasePart: "person",
    CaseShown: "room",
}
"""The tables of what cases add, and by what a row of a case is known there."""

Row = Mapping[str, Any]


class Counted(NamedTuple):
    """A case as it was read: what it adds, its card, where its log ended, when it was due and is due again, Unix ms."""

    room: str
    waits: Waits
    tallies: Mapping[str, Tally]
    parts: Mapping[str, Part]
    card: Card
    seq: int
    due_at: int
    next_at: int | None


class Change(NamedTuple):
    """Of one table: which rows of a case go, and which are written."""

    table: type[SQLModel]
    gone: Sequence[str]
    new: Sequence[Row]


def count(session: Session, counted: Counted) -> bool:
    """Take the rows of a case; False where it has changed since, or another worker was faster."""
    if not _settled(session, counted):
        return False
    there, wanted = _there(session, counted.room), rows(counted)
    changes = [_change(table, there[table], wanted[table]) for table in ROWS]
    if any(change.gone or change.new for change in changes):
        for one in sorted({row["month"] for of in (there, wanted) for table in ROWS for row in of[table]}):
            _note(session, one)
        for change in changes:
            _write(session, counted.room, change)
    return True


def rows(counted: Counted) -> Mapping[type[SQLModel], Sequence[Row]]:
    """The rows of a case, by table."""
    waits = counted.waits
    case = {"room": counted.room, "acuity": waits.acuity, "month": month(waits.opened_at)}
    of_it = {**case, "specialty": waits.specialty, "country": waits.country}
    return {
        CaseWait: [{**of_it, "measure": measure, "ms": ms} for measure, ms in waits.ms.items()],
        CaseTally: [{**of_it, "measure": measure, **tally._asdict()} for measure, tally in counted.tallies.items()],
        CasePart: [{**case, "person": person, **part._asdict()} for person, part in counted.parts.items()],
        CaseShown: [{**case, "specialty": waits.specialty, **_shown(counted.card)}],
    }


def _shown(card: Card) -> Row:
    switch = card.case.observers
    return {"switch": None if switch.mode == "off" else canonical(switch), "closed_at": card.closed_at}


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _settled(session: Session, counted: Counted) -> bool:
    """Note that the case was counted, if it is as it was read."""
    room = tables.Room
    same = (col(room.id) == counted.room, col(room.seq) == counted.seq, col(room.recount_at) == counted.due_at)
    settled = update(room).where(*same).values(recount_at=counted.next_at).returning(col(room.id))
    return session.execute(settled).first() is not None


def _there(session: Session, room: str) -> Mapping[type[SQLModel], Sequence[Row]]:
    found: dict[type[SQLModel], Sequence[Row]] = {}
    for model in ROWS:
        table = table_of(model)
        rows = session.connection().execute(select(table).where(table.c.room == room))
        found[model] = [row._asdict() for row in rows]
    return found


def _change(table: type[SQLModel], there: Sequence[Row], wanted: Sequence[Row]) -> Change:
    before, after = ({row[ROWS[table]]: row for row in of} for of in (there, wanted))
    new = [row for key, row in sorted(after.items()) if row != before.get(key)]
    return Change(table, sorted(before.keys() - after.keys()), new)


def _note(session: Session, month: str) -> None:
    """Note that the rows of a month are others from this transaction on."""
    insert_new(session, FigureMonth, [{"month": month, "version": 0, "made": 0}], ("month",))
    newer = update(FigureMonth).where(col(FigureMonth.month) == month).values(version=col(FigureMonth.version) + 1)
    session.connection().execute(newer)


def _write(session: Session, room: str, change: Change) -> None:
    table, name = table_of(change.table), ROWS[change.table]
    if change.gone:
        gone = delete(table).where(table.c.room == room, table.c[name].in_(change.gone))
        session.connection().execute(gone)
    insert_or_replace(session, change.table, change.new, list(dict.fromkeys(("room", name))))
