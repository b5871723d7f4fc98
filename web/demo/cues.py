"""The script as the stage needs it: who comes, types and speaks at which second."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from realtime.rooms.commands import AnyCommand, Post
from web.demo.cast import OBSERVERS, PHYSICIANS, VIEWERS
from web.demo.script import beats

FIRST_S: Final = 0.3
# By then all physicians are there; whoever speaks before that has come before that.
ALL_HERE_S: Final = 45.0
SETTLED_S: Final = 2.5
VIEWERS_S: Final = (2.0, 88.0)
OBSERVERS_EVERY_S: Final = 9.0
# People on a phone, in a hurry, who have begun to think before they are seen typing.
CHARS_PER_S: Final = 45.0
LEAST_TYPING_S: Final = 1.2
MOST_TYPING_S: Final = 4.0


class Come(NamedTuple):
    """Take a seat, as a viewer where they only follow."""

    follows: bool = False


class Type(NamedTuple):
    """Begin or end typing."""

    on: bool


class Cue(NamedTuple):
    """What the person with the handle `who` does at second `at_s` of the play."""

    at_s: float
    who: str
    does: Come | Type | AnyCommand


def cues() -> list[Cue]:
    """All cues in the order of their times. The presenter's coming is not among them: she opened the case."""
    spoken = list(_spoken())
    return sorted([*_physicians(spoken), *_viewers(), *_observers(), *spoken], key=lambda cue: cue.at_s)


def _spoken() -> Iterator[Cue]:
    posted_s: dict[str, float] = {}
    for beat in beats():
        if isinstance(beat.command, Post):
            typing_s = min(MOST_TYPING_S, LEAST_TYPING_S + len(beat.command.text) / CHARS_PER_S)
            yield Cue(max(posted_s.get(beat.who, 0.0), beat.at_s - typing_s), beat.who, Type(True))
        yield Cue(beat.at_s, beat.who, beat.command)
        if isinstance(beat.command, Post):
            yield Cue(beat.at_s, beat.who, Type(False))
            posted_s[beat.who] = beat.at_s


def _physicians(spoken: Iterable[Cue]) -> Iterator[Cue]:
    first = {cue.who: cue.at_s for cue in sorted(spoken, key=lambda cue: -cue.at_s)}
    for place, one in enumerate(PHYSICIANS):
        turn_s = FIRST_S + place * ALL_HERE_S / len(PHYSICIANS)
        yield Cue(max(0.0, min(turn_s, first.get(one.handle, turn_s) - SETTLED_S)), one.handle, Come())


def _viewers() -> Iterator[Cue]:
    """Word spreads: few at first, more and more later."""
    begin_s, end_s = VIEWERS_S
    for place, one in enumerate(VIEWERS, 1):
        yield Cue(begin_s + (end_s - begin_s) * (place / len(VIEWERS)) ** 0.6, one.handle, Come(follows=True))


def _observers() -> Iterator[Cue]:
    for place, one in enumerate(OBSERVERS, 1):
        yield Cue(place * OBSERVERS_EVERY_S, one.handle, Come())
