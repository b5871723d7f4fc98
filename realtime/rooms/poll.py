"""A poll of a room: a question with options, and one ballot a person."""

from typing import Final

import msgspec
from immutables import Map

from realtime.rooms.people import By
from realtime.rooms.wordless import wordless

MOST_OPEN: Final = 5
FEWEST_TOLD: Final = 11
"""Of fewer ballots than this observers are told no numbers."""

Choices = tuple[int, ...]
"""Places in the poll's options, from 0, in order."""


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """A poll by the id of the event `seq` that opened it, `at` Unix ms, while it is `open`, and after.

    `ballots`: the last one of each person, who counts once however many options they chose.
    """

    __repr__ = wordless

    id: str
    seq: int
    at: int
    by: By
    question: str
    options: tuple[str, ...]
    multiple: bool = False
    ballots: "Map[str, Choices]" = Map()
    open: bool = True

    @property
    def counts(self) -> list[int]:
        """How many chose each option."""
        return [sum(option in choices for choices in self.ballots.values()) for option in range(len(self.options))]
