"""Where somebody stands among the physicians of a specialty, in a word; and what merit takes."""

from collections.abc import Sequence
from math import sqrt
from statistics import median
from typing import Final, Literal

from realtime.rooms.credibility.item import Kind
from realtime.rooms.credibility.shrinkage import LEAST_PEOPLE, Prior, Tally, shrunk
from realtime.rooms.credibility.weighing import LEAST_SHOWN

Place = Literal["above", "about", "below"]

MERIT_KINDS: Final[frozenset[Kind]] = frozenset({"opinion", "advice"})
"""What merit rests on: one's own word. Those below T2 give no independent opinions, but they may advise."""


def place(tally: Tally, prior: Prior) -> Place:
    """`about`, unless the shrunk mean is further from that of peers than chance would bring it, two times in three."""
    mean = shrunk(tally, prior)
    spread = sqrt(mean * (1 - mean) / (prior.strength + tally.n + 1))
    if abs(mean - prior.mean) <= spread:
        return "about"
    return "above" if mean > prior.mean else "below"


def has_merit(own: Tally, prior: Prior, peers: Sequence[Tally]) -> bool:
    """Whether `own` are ten or more, and better, shrunk, than the median of all peers who have as many.

    Of fewer than five such peers there is no median.
    """
    if own.n < LEAST_SHOWN:
        return False
    others = [shrunk(peer, prior) for peer in peers if peer.n >= LEAST_SHOWN]
    return len(others) >= LEAST_PEOPLE and shrunk(own, prior) > median(others)
