"""Figures for people outside: none of 1 to 10 cases, and none that can be worked out (CMS cell size).

Of one specialty and month a measure is told of all acuities or of none, and only where neither those that it is of nor
those that it is not of are few, and neither are those that tell it from another measure that is told. So no sum and no
difference of what is told, nor one with the numbers of cases of the observers' summary, is a small count. Countries are
told together only: by them and by specialties at once, small numbers could be worked out. What was given which
probability is told of too few for that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from persistence.figures.cells import ALL, Doing, doings
from persistence.figures.quantiles import cell
from persistence.figures.reading import Line, TallyLine, ThirdLine
from persistence.figures.thirds import THIRDS, Took
from persistence.observers.suppression import LEAST
from realtime.rooms.figures import MEASURES, Measure
from realtime.rooms.tallies import Tally

DIGITS: Final = 2
"""Of an interval that is told: it was one case's."""
OF_CASES: Final = ("leading", "first_three")
"""Tallies that count cases: how many were so is a number of cases itself."""
TOLD: Final = ("corroborated", "disputed", "brier", *OF_CASES)

Counts = Sequence[int]
"""By acuity."""


class Case(NamedTuple):
    """A case that may be told of outside: what it counts as, its intervals, ms, its tallies, and who had which part."""

    specialty: str
    month: str
    acuity: str
    ms: Mapping[Measure, int]
    tallies: Mapping[str, Tally] = {}
    parts: Sequence[Took] = ()


class Told(NamedTuple):
    """Lines, with None where they are not told."""

    times: list[Line]
    tallies: list[TallyLine]
    thirds: list[ThirdLine]


def told(cases: Iterable[Case]) -> Told:
    """The lines of these cases."""
    blocks: dict[tuple[str, str], list[Case]] = {}
    months: dict[str, list[Case]] = {}
    for case in cases:
        blocks.setdefault((case.month, case.specialty), []).append(case)
        months.setdefault(case.month, []).append(case)
    made = [_Block(blocks[key]) for key in sorted(blocks)]
    times = [line for block in made for line in block.times()]
    tallies = [line for block in made for line in block.tallies()]
    return Told(times, tallies, [line for month in sorted(months) for line in _thirds(months[month])])


class _Block:
    """One specialty and month. What is shown of it already decides what else may be: times first, then tallies."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._acuities = sorted({case.acuity for case in cases})
        self._cases = [[case for case in cases if case.acuity == acuity] for acuity in self._acuities]
        self._key = (cases[0].specialty, ALL, cases[0].month)
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


def _thirds(cases: Sequence[Case]) -> Iterator[ThirdLine]:
    """The lines of one month: of all thirds or of none."""
    month, found = cases[0].month, doings(took for case in cases for took in case.parts)
    all_of_it = {place.name: doing for place, doing in found.items() if set(place.of) == {ALL}}
    tells = not any(_tells_few(doing, len(cases)) for doing in all_of_it.values())
    for third in THIRDS:
        if third in all_of_it:
            yield ThirdLine(third, ALL, ALL, ALL, month, *(all_of_it[third] if tells else (None,) * len(Doing._fields)))


def _tells_few(doing: Doing, cases: int) -> bool:
    counts = (doing.people, doing.cases, doing.asked, doing.answered, doing.opinions, doing.hits)
    return _few(counts) or _few((cases - doing.cases, doing.opinions - doing.hits))


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
