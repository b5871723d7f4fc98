"""What is answered blind: who has not answered is told that others have, not what, until all may read it.

A topic is what is answered: what people think it is, or a poll by its id. It opens once: with the event that shows its
answers to all, at the latest with the close. This is about reading only: who may answer, and what an answer does, is
decided elsewhere.
"""

from collections.abc import Iterable
from typing import Final

import msgspec
from immutables import Map

from realtime.rooms.body import Body
from realtime.rooms.events import Closed, Event, Opined, PollClosed, PollVoted, Revealed

OPINIONS: Final = "*"
"""The topic of what people think it is; no id is like it."""

WITHHELD: Final = {"withheld": True}
"""The body of an answer for whom may not read it: one size, whatever the answer is."""


class Blind(msgspec.Struct, frozen=True, gc=False):
    """The answers to one topic. `given`: by person the `seq` of their first. `opened`: of the event that opened it."""

    given: "Map[str, int]" = Map()
    opened: int | None = None

    def open_at(self, seq: int) -> bool:
        """Whether everybody may read the answers once they have come as far as `seq`."""
        return self.opened is not None and self.opened <= seq

    def given_at(self, person: str, seq: int) -> bool:
        """Whether `person` has answered by `seq`."""
        return self.given.get(person, seq + 1) <= seq


Blinds = Map[str, Blind]
"""By topic."""


def topic(body: Body) -> str | None:
    """What `body` is an answer to that is given blind, or None."""
    match body:
        case Opined():
            return OPINIONS
        case PollVoted(target=target):
            return target
        case _:
            return None


def folded(blinds: "Blinds", event: Event) -> "Blinds":
    """The topics after `event`."""
    if (name := topic(event.body)) is not None:
        blind = blinds.get(name, Blind())
        given = blind.given if event.by.person in blind.given else blind.given.set(event.by.person, event.seq)
        return blinds.set(name, Blind(given, blind.opened))
    for name in _opened_by(event.body, blinds):
        blind = blinds.get(name, Blind())
        if blind.opened is None:
            blinds = blinds.set(name, Blind(blind.given, event.seq))
    return blinds


def withheld(blinds: "Blinds", body: Body, upto: int, person: str | None = None) -> bool:
    """Whether a reader who has come as far as `upto` may not read `body`.

    `person`: who reads; None for all who have not answered.
    """
    name = topic(body)
    if name is None:
        return False
    blind = blinds.get(name, Blind())
    return not (blind.open_at(upto) or (person is not None and blind.given_at(person, upto)))


def _opened_by(body: Body, blinds: "Blinds") -> Iterable[str]:
    match body:
        case Revealed():
            return (OPINIONS,)
        case PollClosed(target=target):
            return (target,)
        case Closed():
            return list(blinds)
        case _:
            return ()
