"""Figures for people outside: none of 1 to 10 cases, and none that can be worked out (CMS cell size).

Of one specialty and month a measure is told of all acuities or of none, and only where neither those that it is of nor
those that it is not of are few, and neither are those that tell it from another measure that is told. So no sum and no
difference of what is told, nor one with the numbers of cases of the observers' summary, is a small count. Countries are
told together only: by them and by specialties at once, small numbers could be worked out. What was given which
probability is told of too few for that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from persistence.figures.cells import ALL, Doing, doing
from persistence.figures.quantiles import cell
from persistence.figures.reading import Line, TallyLine, ThirdLine
from persistence.figures.shown import TOLD, Case
from persistence.figures.thirds import THIRDS, Took, thirds
from persistence.observers.suppression import LEAST
from realtime.rooms.figures import MEASURES

DIGITS: Final = 2
"""Of an interval that is told: it was one case's."""
OF_CASES: Final = ("leading", "first_three")
"""Tallies that count cases: how many were so is a number of cases itself."""

Counts = Sequence[int]
"""By acuity."""


class Told(NamedTuple):
    """Lines, with None where they are not told."""

    times: list[Line]
    tallies: list[TallyLine]
    thirds: list[ThirdLine]


def told(month: str, cases: Sequence[Case]) -> Told:
    """The lines of these cases, all of one month."""
    by_specialty: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_specialty[case.specialty].append(case)
    blocks = [_Block(specialty, month, of) for specialty, of in sorted(by_specialty.items())]
    times = [line for block in blocks for line in block.times()]
    return Told(times, [line for block in blocks for line in block.tallies()], list(_thirds(month, cases)))


class _Block:
    """One specialty and month. What is shown of it already decides what else may be: times first, then tallies."""

    def __init__(self, specialty: str, month: str, cases: Sequence[Case]) -> None:
        self._acuities = sorted({case.acuity for case in cases})
        self._cases = [[case for case in cases if case.acuity == acuity] for acuity in self._acuities]
        self._key = (specialty, ALL, month)
        self._shown: list[Counts] = [list(map(len, self._cases))]

    def times(self) -> Iterator[Line]:
        for measure in MEASURES:
            intervals = [[case.ms[measure] for case in of if measure in case.ms] for of in self._cases]
            tells = self._may_tell([list(map(len, intervals))])
            for acuity, mine in zip(self._acuities, intervals, strict=True):
                yield Line(measure, acuity, *self._key, *_quantiles(mine if tells else None))

    def tallies(self) -> Iterator[TallyLine]:
        for measure in TOLD:
            found = [[case.tallies[measure] for case in of if measure in case.tallies] for of in self._cases]
            hits = [sum(one.hits for one in of) for of in found]
            misses = [sum(one.n - one.hits for one in of) for of in found]
            counts = [list(map(len, found)), *((hits, misses) if measure in OF_CASES else ())]
            tells = not (_few(hits) or _few(misses)) and self._may_tell(counts)
            for acuity, mine in zip(self._acuities, found, strict=True):
                sums = [len(mine), *(sum(each) for each in zip(*mine, strict=True))] if mine else [0] * 4
                yield TallyLine(measure, acuity, *self._key, *(sums if tells else (None,) * 4))

    def _may_tell(self, counts: Sequence[Counts]) -> bool:
        """Whether these numbers of cases may be told beside all that are; then they are."""
        if any(_few(one) or any(_few(_apart(one, other)) for other in self._shown) for one in counts):
            return False
        self._shown += counts
        return True


def _thirds(month: str, cases: Sequence[Case]) -> Iterator[ThirdLine]:
    """The lines of all specialties, acuities and countries together: of all thirds or of none."""
    taken = [
        Took(person, "", "", str(room), "", part) for room, case in enumerate(cases) for person, part in case.parts
    ]
    third = thirds(taken)
    within = {name: doing(of) for name in THIRDS if (of := [took for took in taken if third[took.person] == name])}
    tells = not any(_tells_few(one, len(cases)) for one in within.values())
    for name, one in within.items():
        yield ThirdLine(name, ALL, ALL, ALL, month, *(one if tells else (None,) * len(one)))


def _tells_few(one: Doing, cases: int) -> bool:
    counts = (one.people, one.cases, one.asked, one.answered, one.opinions, one.hits)
    return _few(counts) or _few((cases - one.cases, one.opinions - one.hits))


def _few(counts: Iterable[int]) -> bool:
    return any(0 < count < LEAST for count in counts)


def _apart(counts: Counts, others: Counts) -> list[int]:
    return [abs(one - other) for one, other in zip(counts, others, strict=True)]


def _quantiles(intervals: Sequence[int] | None) -> tuple[int | None, int | None, int | None]:
    """How many, median and ninth decile; of None nothing."""
    found = cell(intervals or ())
    n = None if intervals is None else len(intervals)
    return (n, _rounded(found.median_ms), _rounded(found.p90_ms)) if found else (n, None, None)


def _rounded(ms: int) -> int:
    """Two digits of it."""
    return round(ms, DIGITS - len(str(ms)))
