"""Every read of a case leaves one audit line, whatever comes of it (45 CFR 164.312(b))."""

from collections.abc import Iterator
from contextlib import contextmanager

from realtime.ports import Audit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refused


@contextmanager
def noted(audit: Audit, act: str, person: Person, room: str, detail: str = "") -> Iterator[None]:
    """Note that `person` read `room`, that they were refused, or that it failed."""
    outcome = "failed"
    try:
        yield
        outcome = "read"
    except Refused:
        outcome = "refused"
        raise
    finally:
        audit.note(act, person.id, room, f"{outcome} {detail}".rstrip())
