"""The cells of a month are made anew from all of its rows, and those that are others now are written, at once.

What is written is what was read of a version of the month; where another worker has written meanwhile, or rows have
changed, it is made once more. Rows are read some at a time: over PostgreSQL reading holds up the loop.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, func, select, tuple_, update
from sqlmodel import Session, SQLModel, col

from persistence import tables
from persistence.figures.cells import Of, Place, buckets, doings, tallies, waits
from persistence.figures.counting import table_of
from persistence.figures.tables import (
    CasePart,
    CaseTally,
    CaseWait,
    FigureMonth,
    TallyCell,
    ThirdCell,
    WaitBucket,
    WaitCell,
)
from persistence.figures.thirds import Took
from persistence.insert import insert_or_replace
from realtime.rooms.parts import Part
from realtime.rooms.people import PHYSICIAN_TIER

PAGE: Final = 2_000
CELLS: Final[Mapping[type[SQLModel], tuple[str, ...]]] = {
    WaitCell: ("acuity", "specialty", "country", "measure"),
    TallyCell: ("acuity", "specialty", "country", "measure"),
    ThirdCell: ("acuity", "specialty", "country", "third"),
    WaitBucket: ("measure", "acuity", "specialty", "bucket"),
}
"""The tables of what months come to, and by what a row of a month is known there."""

Accounts = Mapping[str, tuple[str, str]]
"""By person, specialty and country."""
Found = Mapping[type[SQLModel], Sequence[Any]]
Key = tuple[Any, ...]
Cells = Mapping[type[SQLModel], Mapping[Key, Mapping[str, Any]]]
"""By table and key, what stands in a cell."""


class Head(NamedTuple):
    """A month of which there are newer rows than its cells are of."""

    month: str
    version: int
    made: int


class Change(NamedTuple):
    """Of one table of cells: the keys of those that go, and the rows that are written."""

    model: type[SQLModel]
    gone: Sequence[Key]
    new: Sequence[Mapping[str, Any]]


def due(session: Session, this_month: str, but: Sequence[str] = ()) -> Head | None:
    """The first month that is to be made anew, none of `but`. One that has ended is to be shown as well."""
    one = FigureMonth
    unshown = (col(one.month) < this_month) & (func.coalesce(col(one.shown), -1) != col(one.version))
    wanted = select(col(one.month), col(one.version), col(one.made)).where(
        (col(one.version) != col(one.made)) | unshown
    )
    found = session.execute(wanted.where(col(one.month).not_in(but)).order_by(col(one.month)).limit(1)).first()
    return None if found is None else Head(*found)


def page(session: Session, model: type[SQLModel], month: str, after: Sequence[Any] | None) -> Sequence[Any]:
    """At most `PAGE` rows of a month, in the order of their key, from behind one on."""
    table = table_of(model)
    key = [column for column in table.primary_key if column.name != "month"]
    wanted = select(table).where(table.c.month == month).order_by(*key).limit(PAGE)
    if after is not None:
        wanted = wanted.where(tuple_(*key) > tuple(after[table.c.keys().index(column.name)] for column in key))
    return session.execute(wanted).all()


def verified(session: Session, people: Sequence[str]) -> Accounts:
    """Specialty and country of those of `people` who are verified physicians."""
    who = tables.Person
    wanted = select(col(who.id), col(who.specialty), col(who.country)).where(
        col(who.id).in_(people), col(who.role) == "physician", col(who.tier) >= PHYSICIAN_TIER
    )
    return {id_: (specialty, country) for id_, specialty, country in session.execute(wanted)}


def made(found: Found, accounts: Accounts) -> Cells:
    """The cells that the rows of a month come to."""
    wait = waits((Of(row.acuity, row.specialty, row.country), row.measure, row.ms) for row in found[CaseWait])
    tally = tallies(
        (Of(row.acuity, row.specialty, row.country), row.measure, (row.n, row.hits, row.sum))
        for row in found[CaseTally]
    )
    doing = doings(
        Took(row.person, *accounts[row.person], row.room, row.acuity, part_of(row))
        for row in found[CasePart]
        if row.person in accounts
    )
    names = ("n", "median_ms", "p90_ms", "sum_ms")
    return {
        WaitCell: {_key(place): dict(zip(names, one[:4], strict=True)) for place, one in wait.items()},
        TallyCell: {_key(place): one._asdict() for place, one in tally.items()},
        ThirdCell: {_key(place): one._asdict() for place, one in doing.items()},
        WaitBucket: {tuple(bucket): {"n": n} for bucket, n in buckets(wait).items()},
    }


def part_of(row: Any) -> Part:
    """The part that a row of `CasePart` keeps."""
    return Part(row.asked, row.answered, row.opinions, row.hits, row.brier)


def changes(month: str, there: Found, cells: Cells) -> list[Change]:
    """What is to be done so that the cells that are there become `cells`."""
    return [_change(month, model, there[model], cells[model]) for model in CELLS]


def keep(session: Session, head: Head, changes: Sequence[Change], cases: bytes | None = None) -> bool:
    """Change the cells of a month, where they are as they were read; False where they are not.

    `cases`: those that may be shown, where it has ended.
    """
    one = FigureMonth
    same = (col(one.month) == head.month, col(one.made) == head.made)
    shown = {"shown": None if cases is None else head.version, "cases": cases}
    newer = update(one).where(*same).values(made=head.version, **shown).returning(col(one.month))
    if session.execute(newer).first() is None:
        return False
    for change in changes:
        table, key = table_of(change.model), CELLS[change.model]
        for gone in change.gone:
            mine = [table.c[name] == value for name, value in zip(key, gone, strict=True)]
            session.execute(delete(table).where(table.c.month == head.month, *mine))
        insert_or_replace(session, change.model, change.new, ("month", *key))
    return True


def _change(month: str, model: type[SQLModel], there: Sequence[Any], wanted: Mapping[Key, Mapping[str, Any]]) -> Change:
    key = CELLS[model]
    before = {tuple(getattr(row, name) for name in key): row._mapping for row in there}
    new = [
        {"month": month, **dict(zip(key, place, strict=True)), **values}
        for place, values in sorted(wanted.items())
        if place not in before or any(before[place][name] != value for name, value in values.items())
    ]
    return Change(model, sorted(before.keys() - wanted.keys()), new)


def _key(place: Place) -> tuple[str, ...]:
    return (*place.of, place.name)
