"""What one person thinks it is."""

import msgspec

from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import By
from realtime.rooms.wordless import wordless


class Opinion(msgspec.Struct, frozen=True, gc=False):
    """The last that a person gave: the event `seq`, at `at` (Unix ms), `by` as they were. They gave `times` of them.

    `counted`: the last one that they gave before all could read the others'; empty where there is none, and what they
    hold came late. That is what is pooled, by its `weight`: None where too little is known of its author.
    """

    __repr__ = wordless

    by: By
    seq: int
    at: int
    times: int
    differential: tuple[Diagnosis, ...]
    counted: tuple[Diagnosis, ...] = ()
    weight: float | None = None
