"""Every read of a case leaves one audit line, whatever comes of it (45 CFR 164.312(b))."""

from collections.abc import Iterator
from contextlib import contextmanager

from realtime.ports import Audit, Outcome
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refused
from web.api.problems import Problem


@contextmanager
def noted(
    audit: Audit, act: str, person: Person, room: str, detail: str = "", *, where: str = "", why: str = ""
) -> Iterator[None]:
    """Note that `person` read `room` from the address `where`, that they were refused, or that it failed."""
    outcome: Outcome = "failed"
    try:
        yield
        outcome = "ok"
    except Refused:
        outcome = "refused"
        raise
    except Problem as problem:
        outcome = "refused" if problem.status < 500 else "failed"
        raise
    finally:
        audit.note(act, person.id, room, detail, outcome=outcome, where=where, why=why)
