"""Figures as they are asked for: lines for people of the house, one for each cell."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Select, select, tuple_
from sqlmodel import Session, SQLModel

from persistence.figures.cells import ALL
from persistence.figures.counting import table_of
from persistence.figures.tables import TallyCell, ThirdCell, WaitCell

PAGE: Final = 5_000


class Line(msgspec.Struct, frozen=True):
    """What the intervals of one measure, acuity, specialty, country and month come to. None: not told outside."""

    measure: str
    acuity: str
    specialty: str
    country: str
    month: str
    n: int | None
    median_ms: int | None
    p90_ms: int | None


class TallyLine(msgspec.Struct, frozen=True):
    """What the tallies of one measure, acuity, specialty, country and month come to. None: not told outside."""

    measure: str
    acuity: str
    specialty: str
    country: str
    month: str
    cases: int | None
    n: int | None
    hits: int | None
    sum: int | None


class ThirdLine(msgspec.Struct, frozen=True):
    """What physicians did in a month who are in one third by how often they were asked. None: not told outside."""

    third: str
    acuity: str
    specialty: str
    country: str
    month: str
    people: int | None
    cases: int | None
    asked: int | None
    answered: int | None
    opinions: int | None
    hits: int | None
    brier: int | None


AnyLine = Line | TallyLine | ThirdLine
L = TypeVar("L", bound=AnyLine)

OF: Final[Mapping[type[Any], type[SQLModel]]] = {Line: WaitCell, TallyLine: TallyCell, ThirdLine: ThirdCell}
"""The cells that lines are of."""


_NARROWING: Final = ("acuity", "specialty", "country")


class Wanted(NamedTuple):
    """Which lines: of months from `since` to `until`, both included; of one acuity or specialty or country, or of each.

    `*` is all together.
    """

    since: str
    until: str
    acuity: str | None = None
    specialty: str | None = None
    country: str | None = ALL


def lines(session: Session, kind: type[L], wanted: Wanted, after: L | None = None, limit: int = PAGE) -> list[L]:
    """At most `limit` lines of what is wanted, in the order of their cells, from behind one on."""
    table = table_of(OF[kind])
    names = kind.__struct_fields__
    query = _narrowed(select(*(table.c[name] for name in names)), table.c, wanted)
    key = list(table.primary_key)
    if after is not None:
        query = query.where(tuple_(*key) > tuple(getattr(after, column.name) for column in key))
    return [kind(*row) for row in session.execute(query.order_by(*key).limit(limit))]


def named(session: Session, kind: type[AnyLine], column: str, wanted: Wanted) -> list[str]:
    """Which values of `column` there are lines of in the months that are wanted."""
    table = table_of(OF[kind])
    query = select(table.c[column]).where(table.c.month.between(wanted.since, wanted.until), table.c[column] != ALL)
    for other in _NARROWING:
        query = query if other == column else query.where(table.c[other] == ALL)
    return sorted(session.execute(query.distinct()).scalars())


def _narrowed(query: Select[Any], columns: Any, wanted: Wanted) -> Select[Any]:
    query = query.where(columns.month.between(wanted.since, wanted.until))
    for name in _NARROWING:
        if (value := getattr(wanted, name)) is not None:
            query = query.where(columns[name] == value)
    return query
