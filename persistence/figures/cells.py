"""What the rows of a month come to, cell by cell: one for each acuity, specialty and country, and those of several."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from persistence.figures.quantiles import Cell, cell
from persistence.figures.thirds import Took, thirds

ALL: Final = "*"
"""Of acuity, specialty and country: all of them together."""


class Of(NamedTuple):
    """Which cases a cell is of, or whose, where it is one of physicians."""

    acuity: str
    specialty: str
    country: str


class Place(NamedTuple):
    """Where a cell of a month stands. `name`: of its measure, or of its third."""

    of: Of
    name: str


class Bucket(NamedTuple):
    """Where a bucket of a month stands."""

    measure: str
    acuity: str
    specialty: str
    bucket: int


class Sums(NamedTuple):
    """What the tallies of so many cases come to."""

    cases: int
    n: int
    hits: int
    sum: int


class Doing(NamedTuple):
    """What some people did, in so many cases."""

    people: int
    cases: int
    asked: int
    answered: int
    opinions: int
    hits: int
    brier: int


@lru_cache(maxsize=20_000)
def wider(of: Of) -> tuple[Of, ...]:
    """`of`, and all that take it together with others."""
    return tuple(Of(*each) for each in product(*((value, ALL) for value in of)))


def waits(intervals: Iterable[tuple[Of, str, int]]) -> dict[Place, Cell]:
    """The cells of intervals: of whom, of which measure, ms."""
    alone: defaultdict[tuple[Of, str], list[int]] = defaultdict(list)
    for of, measure, ms in intervals:
        alone[of, measure].append(ms)
    taken: defaultdict[Place, list[int]] = defaultdict(list)
    for (of, measure), many in alone.items():
        for each in wider(of):
            taken[Place(each, measure)] += many
    return {place: found for place, ms in taken.items() if (found := cell(ms)) is not None}


def buckets(cells: Mapping[Place, Cell]) -> dict[Bucket, int]:
    """How many intervals are in each bucket, all countries together."""
    found: dict[Bucket, int] = {}
    for (of, measure), one in cells.items():
        if of.country == ALL and ALL not in (of.acuity, of.specialty):
            for bucket, n in enumerate(one.counts):
                if n:
                    found[Bucket(measure, of.acuity, of.specialty, bucket)] = n
    return found


def tallies(rows: Iterable[tuple[Of, str, tuple[int, int, int]]]) -> dict[Place, Sums]:
    """The cells of tallies: of whom, of which measure, and `n`, `hits`, `sum`."""
    alone: defaultdict[tuple[Of, str], list[int]] = defaultdict(lambda: [0] * 4)
    for of, measure, one in rows:
        _add(alone[of, measure], (1, *one))
    found: defaultdict[Place, list[int]] = defaultdict(lambda: [0] * 4)
    for (of, measure), sums in alone.items():
        for each in wider(of):
            _add(found[Place(each, measure)], sums)
    return {place: Sums(*sums) for place, sums in found.items()}


def doings(parts: Iterable[Took]) -> dict[Place, Doing]:
    """The cells of people's parts in cases, by thirds of how often they were asked."""
    taken = list(parts)
    third = thirds(taken)
    within: defaultdict[Place, list[Took]] = defaultdict(list)
    for took in taken:
        for each in wider(Of(took.acuity, took.specialty, took.country)):
            within[Place(each, third[took.person])].append(took)
    return {place: doing(of) for place, of in within.items()}


def doing(parts: Sequence[Took]) -> Doing:
    """What these come to."""
    people, cases = {took.person for took in parts}, {took.room for took in parts}
    sums = [sum(each) for each in zip(*(took.part for took in parts), strict=True)]
    return Doing(len(people), len(cases), *sums)


def _add(sums: list[int], others: Sequence[int]) -> None:
    for at, other in enumerate(others):
        sums[at] += other
