"""What the rows of a month come to, cell by cell: one for each acuity, specialty and country, and those of several."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

    def wider(self) -> Iterator["Of"]:
        """This, and all that take it together with others."""
        return (Of(*each) for each in product(*((value, ALL) for value in self)))


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


def waits(intervals: Iterable[tuple[Of, str, int]]) -> dict[Place, Cell]:
    """The cells of intervals: of whom, of which measure, ms."""
    taken: defaultdict[Place, list[int]] = defaultdict(list)
    for of, measure, ms in intervals:
        for wider in of.wider():
            taken[Place(wider, measure)].append(ms)
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
    found: dict[Place, Sums] = {}
    for of, measure, (n, hits, total) in rows:
        for wider in of.wider():
            place = Place(wider, measure)
            one = found.get(place, Sums(0, 0, 0, 0))
            found[place] = Sums(one.cases + 1, one.n + n, one.hits + hits, one.sum + total)
    return found


def doings(parts: Iterable[Took]) -> dict[Place, Doing]:
    """The cells of people's parts in cases, by thirds of how often they were asked."""
    taken = list(parts)
    third = thirds(taken)
    people: defaultdict[Place, set[str]] = defaultdict(set)
    cases: defaultdict[Place, set[str]] = defaultdict(set)
    sums: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for took in taken:
        for wider in Of(took.acuity, took.specialty, took.country).wider():
            place = Place(wider, third[took.person])
            people[place].add(took.person)
            cases[place].add(took.room)
            sums[place].update(took.part._asdict())
    return {place: Doing(len(people[place]), len(cases[place]), **_sums(sums[place])) for place in people}


def _sums(found: Counter[str]) -> dict[str, int]:
    return {name: found[name] for name in Doing._fields[2:]}
