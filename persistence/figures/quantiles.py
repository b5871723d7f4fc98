"""What many intervals come to: how many, the median, the ninth decile, and how many in each bucket."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

BUCKETS_S: Final = (5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400, 604_800)
"""Upper bounds: from what a person notices, past the deadlines of pages, to a week. What is longer is beyond."""


class Cell(NamedTuple):
    """Intervals taken together. `counts`: how many end within each bucket and not the one before, last those beyond."""

    n: int
    median_ms: int
    p90_ms: int
    sum_ms: int
    counts: tuple[int, ...]


def cell(intervals_ms: Iterable[int]) -> Cell | None:
    """What `intervals_ms` come to; None where there are none. Quantiles are by nearest rank: one that there was."""
    sorted_ms = sorted(intervals_ms)
    if not sorted_ms:
        return None
    return Cell(len(sorted_ms), _rank(sorted_ms, 5), _rank(sorted_ms, 9), sum(sorted_ms), _counts(sorted_ms))


def _rank(sorted_ms: list[int], tenths: int) -> int:
    return sorted_ms[-(-tenths * len(sorted_ms) // 10) - 1]


def _counts(sorted_ms: list[int]) -> tuple[int, ...]:
    ends = [bisect_right(sorted_ms, 1_000 * bound_s) for bound_s in BUCKETS_S] + [len(sorted_ms)]
    return tuple(end - start for start, end in pairwise([0, *ends]))
