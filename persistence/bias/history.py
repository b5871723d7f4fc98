"""Does an award history predict a later stance: the stated test. Pure.

Each person counts once for each institution: by the last of the cases in which they named a product of it or answered
a post that did. Favourable is who was for it there, and not against it as well. They had an award if they had taken one
of that institution before that case was opened. The two are compared within institution and specialty.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from persistence.bias.awarded import Taken
from persistence.bias.exact import exact_p
from persistence.bias.proportions import Share, Stratum, within
from persistence.bias.stands import Mark, Stand, side

Way = Literal["identified", "blind"]
"""By name: they know who pays. Blind: they do not, so that a difference among them is no pull of money."""
WAYS: Final[tuple[Way, ...]] = ("identified", "blind")


class Last(NamedTuple):
    """Where somebody stood on products of an institution, in the last case in which they did."""

    person: str
    institution: str
    opened_at: int
    favourable: bool


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """People of strata that have both kinds: how many of which were favourable, the difference and its limits, and p.

    `alone`: people of strata that have one kind only; they are compared with nobody. Without strata that compare there
    is no difference, and no p.
    """

    awarded: int
    awarded_for: int
    others: int
    others_for: int
    alone: int
    difference: float | None
    low: float | None
    high: float | None
    p: float | None


class Line(msgspec.Struct, frozen=True):
    """A comparison of those of one institution, or of one specialty."""

    name: str
    comparison: Comparison


class History(msgspec.Struct, frozen=True):
    """The test for those who took awards in one way, together and apart."""

    way: Way
    all: Comparison
    payers: list[Line]
    specialties: list[Line]


class Key(NamedTuple):
    """Those who are compared with each other."""

    institution: str
    specialty: str


Strata = Mapping[Key, Stratum]


def lasts(stands: Iterable[Stand]) -> list[Last]:
    """The last stand of each person and institution: of the case that was opened last."""
    by_case: dict[tuple[str, str], dict[tuple[int, str], set[Mark]]] = defaultdict(lambda: defaultdict(set))
    for one in stands:
        by_case[one.person, one.product.of][one.opened_at, one.room].add(one.mark)
    found = []
    for (person, institution), cases in sorted(by_case.items()):
        last = max(cases)
        found.append(Last(person, institution, last[0], side(cases[last]) == "for"))
    return found


def history(way: Way, last: Iterable[Last], taken: Iterable[Taken], specialty: Callable[[str], str]) -> History:
    """The test for awards that were taken in this way. Who took the other kind only is on neither side."""
    strata = _strata(way, last, taken, specialty)
    return History(
        way=way,
        all=comparison(list(strata.values())),
        payers=_lines(strata, lambda key: key.institution),
        specialties=_lines(strata, lambda key: key.specialty),
    )


def comparison(strata: Sequence[Stratum]) -> Comparison:
    """What these strata come to."""
    compared = [one for one in strata if one.comparable]
    found = within(compared)
    return Comparison(
        awarded=sum(one.awarded.all for one in compared),
        awarded_for=sum(one.awarded.favourable for one in compared),
        others=sum(one.others.all for one in compared),
        others_for=sum(one.others.favourable for one in compared),
        alone=sum(one.awarded.all + one.others.all for one in strata if not one.comparable),
        difference=_rounded(found.difference) if found else None,
        low=_rounded(found.low) if found else None,
        high=_rounded(found.high) if found else None,
        p=_rounded(exact_p(compared)) if found else None,
    )


def _strata(way: Way, last: Iterable[Last], taken: Iterable[Taken], specialty: Callable[[str], str]) -> Strata:
    took: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for one in taken:
        took[one.author, one.payer].append(one)
    people: dict[tuple[Key, bool], list[bool]] = defaultdict(list)
    for stand in last:
        ways = {one.way for one in took[stand.person, stand.institution] if one.at <= stand.opened_at}
        # Who took one by name counts there, whatever else they took blind.
        known: Way | None = "identified" if "identified" in ways else "blind" if ways else None
        if known in (None, way):
            people[Key(stand.institution, specialty(stand.person)), known == way].append(stand.favourable)
    return {key: _stratum(people, key) for key in sorted({key for key, _ in people})}


def _stratum(people: Mapping[tuple[Key, bool], list[bool]], key: Key) -> Stratum:
    awarded, others = (people.get((key, had), []) for had in (True, False))
    return Stratum(Share(sum(awarded), len(awarded)), Share(sum(others), len(others)))


def _lines(strata: Strata, of: Callable[[Key], str]) -> list[Line]:
    by_name: dict[str, list[Stratum]] = defaultdict(list)
    for key, one in strata.items():
        by_name[of(key)].append(one)
    lines = [Line(name, comparison(those)) for name, those in sorted(by_name.items())]
    return [one for one in lines if one.comparison.awarded]


def _rounded(value: float) -> float:
    return round(value, 6)
