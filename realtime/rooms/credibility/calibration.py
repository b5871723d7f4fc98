"""Whether probabilities are meant as they are said: of all that were given 70 %, seven in ten should be so."""

from collections.abc import Iterable
from typing import Final

import msgspec

from realtime.rooms.credibility.scores import Forecast

BINS: Final = 10


class Bin(msgspec.Struct, frozen=True):
    """Forecasts from `low` to below `low` + 0.1: how many, their mean, and how many of them were so."""

    low: float
    n: int
    mean: float
    hits: int


def bins(forecasts: Iterable[Forecast]) -> list[Bin]:
    """The bins that anything is in, for a reliability diagram. Murphy and Winkler, JRSS C 26 (1977)."""
    found: dict[int, list[Forecast]] = {}
    for one in forecasts:
        found.setdefault(bin_of(one.probability), []).append(one)
    return [_bin(index, found[index]) for index in sorted(found)]


def bin_of(probability: float) -> int:
    """In which bin it is, from 0 on; 1 is in the last."""
    return min(BINS - 1, int(BINS * probability + 1e-9))


def _bin(index: int, within: list[Forecast]) -> Bin:
    mean = sum(sorted(one.probability for one in within)) / len(within)
    return Bin(index / BINS, len(within), round(mean, 4), sum(one.hit for one in within))
