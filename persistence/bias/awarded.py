"""Awards as bias watch reads them: of cases that are closed and settled, and never how much they were."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from persistence import tables as log
from persistence.awards.tables import COURSE, Award, AwardCourse
from persistence.months import Period


class Given(NamedTuple):
    """An award. `giver`: the observer. `answer`: accept, decline, or None so far; `way`: blind, identified."""

    room: str
    number: int
    giver: str
    payer: str
    author: str
    at: int
    void: str | None
    answer: str | None
    way: str | None

    @property
    def valid(self) -> bool:
        """Whether it did not come to nothing."""
        return self.void is None


class Taken(NamedTuple):
    """That an author took awards of a payer, in one way, first at `at` (Unix ms), whenever that was."""

    author: str
    payer: str
    way: str
    at: int


def given_in(session: Session, period: Period) -> list[Given]:
    """The awards of cases that were closed in `period`."""
    row, course, room = Award, AwardCourse, log.Room
    columns = (row.room, row.number, row.person, row.payer, row.author, row.at, course.void, course.answer, course.way)
    wanted = (
        select(*map(col, columns))
        .join(course, COURSE)
        .join(room, col(room.id) == col(row.room))
        .where(*closed_in(period), col(course.revealed_at).is_not(None))
        .order_by(col(row.room), col(row.number))
    )
    return [Given(*found) for found in session.execute(wanted)]


def taken(session: Session) -> list[Taken]:
    """All awards that authors have accepted and that did not come to nothing: the first of each payer and way."""
    row, course = Award, AwardCourse
    by = (col(row.author), col(row.payer), col(course.way))
    accepted = (
        col(course.answer) == "accept",
        col(course.void).is_(None),
        col(course.revealed_at).is_not(None),
    )
    wanted = select(*by, func.min(col(course.answered_at))).join(course, COURSE).where(*accepted).group_by(*by)
    return [Taken(*found) for found in session.execute(wanted.order_by(*by))]


def closed_in(period: Period) -> Sequence[ColumnElement[bool]]:
    """Of `room`: closed in `period`. Of a case that is open nothing is told, not even that nothing was awarded."""
    closed_at = col(log.Room.closed_at)
    return col(log.Room.status) == "closed", closed_at >= period.begins_at, closed_at < period.ends_at
