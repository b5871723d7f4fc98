"""Every read of a case leaves one audit line, whatever comes of it (45 CFR 164.312(b))."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from realtime.ports import Audit, Outcome
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refused
from web.api.problems import Problem
from web.clock import Clock

REPEATS_MS: Final = 10 * 60_000
_MOST_KNOWN: Final = 10_000


@contextmanager
def noted(
    audit: Audit,
    act: str,
    person: Person,
    room: str,
    detail: str = "",
    *,
    where: str = "",
    why: str = "",
    again: bool = False,
) -> Iterator[None]:
    """Note that `person` read `room` from the address `where`, that they were refused, or that it failed.

    `again`: a read that was noted of late; that it went well once more is left out.
    """
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
        if not again or outcome != "ok":
            audit.note(act, person.id, room, detail, outcome=outcome, where=where, why=why)


class Repeated:
    """Reads of one kind that a page repeats while it is open: of one person and case they leave a line in ten minutes.

    What is refused, or fails, leaves one each time.
    """

    def __init__(self, audit: Audit, act: str, now_ms: Clock) -> None:
        self._audit = audit
        self._act = act
        self._now_ms = now_ms
        self._lately: OrderedDict[tuple[str, str], int] = OrderedDict()

    @contextmanager
    def noted(self, person: Person, room: str, *, where: str = "") -> Iterator[None]:
        """Note that `person` reads `room`, unless that was noted of late."""
        key, now_ms = (person.id, room), self._now_ms()
        again = now_ms - self._lately.get(key, -REPEATS_MS) < REPEATS_MS
        with noted(self._audit, self._act, person, room, where=where, again=again):
            yield
        if not again:
            self._lately[key] = now_ms
            self._lately.move_to_end(key)
            if len(self._lately) > _MOST_KNOWN:
                self._lately.popitem(last=False)
