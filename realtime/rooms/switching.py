"""The observers' switch of a room, made of what its presenter or a moderator asks for."""

from typing import Final, Protocol, TypeVar

from realtime.rooms.case import ObserverSwitch
from realtime.rooms.command import ObserverMode
from realtime.rooms.purposes import InstitutionKind, Purpose

Word = TypeVar("Word", bound=str)

DEFAULT_DELAY_S: Final = 60


class Asked(Protocol):
    """What is asked for: `delay_s` is for `delayed`."""

    @property
    def mode(self) -> ObserverMode:
        """How observers are to see the room."""

    @property
    def delay_s(self) -> int | None:
        """By how much later; a minute unless said."""

    @property
    def allow_kinds(self) -> list[InstitutionKind] | None:
        """Which kinds of institutions; all unless said."""

    @property
    def allow_purposes(self) -> list[Purpose] | None:
        """For which purposes; all unless said."""


def switch_of(asked: Asked) -> ObserverSwitch:
    """The same for all that mean the same: what is asked twice can be told."""
    if asked.mode != "delayed":
        delay_s = 0
    else:
        delay_s = DEFAULT_DELAY_S if asked.delay_s is None else asked.delay_s
    return ObserverSwitch(asked.mode, delay_s, _sorted(asked.allow_kinds), _sorted(asked.allow_purposes))


def _sorted(words: list[Word] | None) -> list[Word] | None:
    return None if words is None else sorted(set(words))
