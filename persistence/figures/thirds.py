"""Physicians by how busy they are: how many cases asked for them in a month, whether they answered or not.

What they write makes nobody busy here: the question is whether those answer more who are asked less.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from realtime.rooms.parts import Part

THIRDS: Final = ("least", "middle", "most")


class Took(NamedTuple):
    """A verified physician's part in a case: what they are in their account, and the acuity of the case."""

    person: str
    specialty: str
    country: str
    room: str
    acuity: str
    part: Part


def thirds(parts: Iterable[Took]) -> Mapping[str, str]:
    """By person, in which third they are."""
    asked: Counter[str] = Counter()
    for took in parts:
        asked[took.person] += took.part.asked
    return ranked(asked)


def ranked(asked: Mapping[str, int]) -> Mapping[str, str]:
    """The same of how often each was asked. Who was asked equally often is in the same third, the lower."""
    counts = sorted(asked.values())
    first = {count: place for place, count in reversed(list(enumerate(counts)))}
    return {person: THIRDS[len(THIRDS) * first[count] // len(counts)] for person, count in asked.items()}
