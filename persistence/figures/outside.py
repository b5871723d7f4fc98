"""Figures for people outside: none of 1 to 10 cases, and none that can be worked out (CMS cell size).

Of one specialty and month a measure is told of all acuities or of none, and only where neither those that it is of nor
those that it is not of are few, and neither are those that tell it from another measure that is told. So no sum and no
difference of what is told, nor one with the numbers of cases of the observers' summary, is a small count. Countries are
told together only: by them and by specialties at once, small numbers could be worked out. What was given which
probability is told of too few for that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from persistence.figures.cells import ALL, Doing
from persistence.figures.quantiles import cell
from persistence.figures.reading import Line, TallyLine, ThirdLine
from persistence.figures.shown import TOLD, Group
from persistence.figures.thirds import THIRDS, ranked
from persistence.observers.suppression import LEAST
from realtime.rooms.figures import MEASURES

DIGITS: Final = 2
"""Of an interval that is told: it was one case's."""
OF_CASES: Final = ("leading", "first_three")
"""Tallies that count cases: how many were so is a number of cases itself."""

NOTHING: Final = (0, 0, 0, 0)
Counts = Sequence[int]
"""By acuity."""


class Told(NamedTuple):
    """Lines, with None where they are not told."""

    times: list[Line]
    tallies: list[TallyLine]
    thirds: list[ThirdLine]


def told(month: str, groups: Iterable[Group]) -> Told:
    """The lines of these cases, all of one month."""
    known = list(groups)
    by_specialty: defaultdict[str, list[Group]] = defaultdict(list)
    for group in known:
        by_specialty[group.specialty].append(group)
    blocks = [_Block(specialty, month, of) for specialty, of in sorted(by_specialty.items())]
    times = [line for block in blocks for line in block.times()]
    return Told(times, [line for block in blocks for line in block.tallies()], list(_thirds(month, known)))


class _Block:
    """One specialty and month. What is shown of it already decides what else may be: times first, then tallies."""

    def __init__(self, specialty: str, month: str, groups: Sequence[Group]) -> None:
        self._acuities = sorted({group.acuity for group in groups})
        self._groups = [[group for group in groups if group.acuity == acuity] for acuity in self._acuities]
        self._key = (specialty, ALL, month)
        self._shown: list[Counts] = [[sum(group.cases for group in of) for of in self._groups]]

    def times(self) -> Iterator[Line]:
        for measure in MEASURES:
            intervals = [[ms for group in of for ms in group.ms.get(measure, ())] for of in self._groups]
            tells = self._may_tell([list(map(len, intervals))])
            for acuity, mine in zip(self._acuities, intervals, strict=True):
                yield Line(measure, acuity, *self._key, *_quantiles(mine if tells else None))

    def tallies(self) -> Iterator[TallyLine]:
        for measure in TOLD:
            sums = [_sums(group.tallies.get(measure, NOTHING) for group in of) for of in self._groups]
            cases, hits, misses = (
                [one[0] for one in sums],
                [one[2] for one in sums],
                [one[1] - one[2] for one in sums],
            )
            counts = [cases, *((hits, misses) if measure in OF_CASES else ())]
            tells = not (_few(hits) or _few(misses)) and self._may_tell(counts)
            for acuity, mine in zip(self._acuities, sums, strict=True):
                yield TallyLine(measure, acuity, *self._key, *(mine if tells else (None,) * len(mine)))

    def _may_tell(self, counts: Sequence[Counts]) -> bool:
        """Whether these numbers of cases may be told beside all that are; then they are."""
        if any(_few(one) or any(_few(_apart(one, other)) for other in self._shown) for one in counts):
            return False
        self._shown += counts
        return True


def _thirds(month: str, groups: Sequence[Group]) -> Iterator[ThirdLine]:
    """The lines of all specialties, acuities and countries together: of all thirds or of none."""
    found = _doings(groups)
    cases = sum(group.cases for group in groups)
    tells = not any(_tells_few(one, cases) for one in found.values())
    for name, one in found.items():
        yield ThirdLine(name, ALL, ALL, ALL, month, *(one if tells else (None,) * len(one)))


def _doings(groups: Sequence[Group]) -> dict[str, Doing]:
    did: defaultdict[str, list[Sequence[int]]] = defaultdict(list)
    for group in groups:
        for person, sums in zip(group.people, group.did, strict=True):
            did[person].append(sums)
    whole = {person: _sums(each) for person, each in did.items()}
    third = ranked({person: sums[0] for person, sums in whole.items()})
    cases = Counter(name for group in groups for who in group.took for name in {third[group.people[at]] for at in who})
    within = {name: [whole[person] for person in whole if third[person] == name] for name in THIRDS}
    return {name: Doing(len(of), cases[name], *_sums(of)) for name, of in within.items() if of}


def _sums(rows: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


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
