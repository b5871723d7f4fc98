"""The independent opinions of a log: of each person the first one, and only from before the reveal.

Who has given theirs is shown those of others: what they say then may be better, and is not their own any more.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from realtime.rooms.credibility.scores import Named
from realtime.rooms.erasure import ERASED
from realtime.rooms.events import Event, Opined, Revealed


class Given(NamedTuple):
    """A differential, by which event, of whom and when (Unix ms)."""

    event: str
    person: str
    at: int
    differential: Sequence[Named]


def independent(log: Iterable[Event]) -> list[Given]:
    """In the order of their events; those whose words were erased since are left out."""
    given: dict[str, Given] = {}
    for event in log:
        match event.body:
            case Revealed():
                break
            case Opined(differential=differential):
                given.setdefault(event.by.person, Given(event.id, event.by.person, event.at, differential))
            case _:
                pass
    return [one for one in given.values() if one.differential and all(entry.dx != ERASED for entry in one.differential)]
