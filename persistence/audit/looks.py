"""Who has read a case, for its presenter: people by what a room shows of them, observers by their institution alone."""

from typing import Final, NamedTuple

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from persistence.audit.tables import Audit
from persistence.tables import Person

READS: Final = frozenset(
    {
        *("case_entered", "join", "step_up"),
        *("case_read", "history_read", "archive_read", "handover_read", "awards_read", "proof_made"),
    }
)

Place = tuple[int, str, int]


class Look(NamedTuple):
    """One read of a case: the line, and who it was as the directory knows them now; None where it does not."""

    line: Audit
    who: Person | None

    @property
    def place(self) -> Place:
        """Its place in the order of time."""
        return self.line.at, self.line.chain, self.line.number


def looks(session: Session, room: str, but: str, before: Place | None, limit: int) -> list[Look]:
    """At most `limit` reads of `room` that were let through, newest first, those of the person `but` left out."""
    place = tuple_(col(Audit.at), col(Audit.chain), col(Audit.number))
    wanted = (
        select(Audit, Person)
        .outerjoin(Person, col(Person.id) == col(Audit.person))
        .where(col(Audit.room) == room, col(Audit.act).in_(READS), col(Audit.outcome) == "ok", col(Audit.person) != but)
        .order_by(col(Audit.at).desc(), col(Audit.chain).desc(), col(Audit.number).desc())
    )
    if before is not None:
        wanted = wanted.where(place < before)
    return [Look(line, who) for line, who in session.exec(wanted.limit(limit))]
