"""What each observer was shown of cases that are closed, from the record of observers."""

from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from persistence import tables as log
from persistence.awards.tables import COURSE, Award, AwardCourse
from persistence.bias.awarded import closed_in
from persistence.months import Period
from persistence.observers.tables import Stretch


class Read(NamedTuple):
    """`cases` that a person was shown anything of, in so many `stretches`, for `seconds`; `exports`: over HTTP."""

    person: str
    institution: str
    cases: int
    stretches: int
    exports: int
    seconds: int


def reads_in(session: Session, period: Period) -> list[Read]:
    """By observer and institution, of cases that were closed in `period`."""
    row, room = Stretch, log.Room
    listened = case((col(row.way) == "stream", col(row.listened_until) - col(row.began_at)), else_=0)
    by = (col(row.person), col(row.institution))
    counts = (
        func.count(col(row.room).distinct()),
        func.count(),
        func.sum(case((col(row.way) != "stream", 1), else_=0)),
        func.sum(listened),
    )
    wanted = select(*by, *counts).join(room, col(room.id) == col(row.room)).where(*closed_in(period))
    found = session.execute(wanted.group_by(*by).order_by(*by))
    return [Read(one[0], one[1], one[2], one[3], int(one[4]), int(one[5]) // 1_000) for one in found]


def unread_in(session: Session, period: Period) -> dict[tuple[str, str], int]:
    """By observer and institution: awards in cases of which no record says that they were shown them before."""
    row, room, shown = Award, log.Room, Stretch
    before = (
        select(col(shown.id))
        .where(col(shown.room) == col(row.room), col(shown.person) == col(row.person))
        .where(col(shown.began_at) <= col(row.at))
    )
    by = (col(row.person), col(row.payer))
    wanted = select(*by, func.count()).join(AwardCourse, COURSE).join(room, col(room.id) == col(row.room))
    wanted = wanted.where(*closed_in(period), col(AwardCourse.revealed_at).is_not(None), ~before.exists())
    return {(one[0], one[1]): one[2] for one in session.execute(wanted.group_by(*by))}
