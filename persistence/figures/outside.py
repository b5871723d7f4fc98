"""Figures for people outside: none of 1 to 10 cases, and none that can be worked out (CMS cell size).

Of one specialty and month a measure is told of all acuities or of none, and only where neither those that it is of nor
those that it is not of are few, and neither are those that tell it from another measure that is told. So no sum and no
difference of what is told, nor one with the numbers of cases of the observers' summary, is a small count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from persistence.figures.quantiles import cell
from persistence.figures.reading import Line
from persistence.observers.suppression import LEAST
from realtime.rooms.figures import MEASURES, Measure

DIGITS: Final = 2
"""Of an interval that is told: it was one case's."""


class Case(NamedTuple):
    """A case that may be told of outside: what it counts as, and its intervals, ms."""

    specialty: str
    month: str
    acuity: str
    ms: Mapping[Measure, int]


def told(cases: Iterable[Case]) -> list[Line]:
    """The lines of these cases, with None where they are not told."""
    blocks: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        blocks.setdefault((case.month, case.specialty), []).append(case)
    return [line for key in sorted(blocks) for line in _block(blocks[key])]


def _block(cases: Sequence[Case]) -> Iterator[Line]:
    """The lines of one specialty and month."""
    acuities = sorted({case.acuity for case in cases})
    everyone = [sum(case.acuity == acuity for case in cases) for acuity in acuities]
    shown = [everyone]
    for measure in MEASURES:
        intervals = [[case.ms[measure] for case in cases if case.acuity == a and measure in case.ms] for a in acuities]
        counts = list(map(len, intervals))
        tells = not _few(counts) and not any(_few(_apart(counts, other)) for other in shown)
        if tells:
            shown.append(counts)
        for acuity, mine in zip(acuities, intervals, strict=True):
            yield _line(measure, acuity, cases[0], mine if tells else None)


def _few(counts: Iterable[int]) -> bool:
    return any(0 < count < LEAST for count in counts)


def _apart(counts: Sequence[int], others: Sequence[int]) -> list[int]:
    return [abs(one - other) for one, other in zip(counts, others, strict=True)]


def _line(measure: Measure, acuity: str, like: Case, intervals: Sequence[int] | None) -> Line:
    found = cell(intervals or ())
    n = None if intervals is None else len(intervals)
    median_ms, p90_ms = (_rounded(found.median_ms), _rounded(found.p90_ms)) if found else (None, None)
    return Line(measure, acuity, like.specialty, like.month, n, median_ms, p90_ms)


def _rounded(ms: int) -> int:
    """Two digits of it."""
    return round(ms, DIGITS - len(str(ms)))
