"""Awards by payer, product, author and stance, each with how many there are. Pure.

Stance is where the awarded author stood in that case on the payer's products, beside the awarded post: a post that
names one cannot be awarded by its payer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from persistence.bias.awarded import Given
from persistence.bias.concentration import Concentration, concentration
from persistence.bias.products import Product
from persistence.bias.stands import SIDES, Mark, Side, Stand, by_person, side

Sides = dict[Side, int]

K = TypeVar("K")
V = TypeVar("V")


class Payer(msgspec.Struct, frozen=True, kw_only=True):
    """What an institution gave: `awards` that did not come to nothing, `void` ones apart.

    `declined`, `by_name`, `blind`: as answered; the rest waits. `authors`: how it is spread over them. `stances`: of
    the awarded authors on its own products.
    """

    payer: str
    awards: int
    void: int
    declined: int
    by_name: int
    blind: int
    cases: int
    authors: Concentration
    stances: Sides


class OfProduct(msgspec.Struct, frozen=True):
    """Awards of `payer` to authors who named a product of the institution `of`, or answered a post that did."""

    payer: str
    product: str
    of: str
    awards: int
    stances: Sides


class Author(msgspec.Struct, frozen=True):
    """What an author was given, how it is spread over payers, and where they stood on the products of each payer."""

    author: str
    awards: int
    cases: int
    payers: Concentration
    stances: Sides


Marks = Mapping[tuple[str, str], Mapping[Product, set[Mark]]]


class Tallies:
    """All awards of a period, and the stands of its cases."""

    def __init__(self, given: Iterable[Given], stands: Iterable[Stand]) -> None:
        self._given = list(given)
        self._valid = [one for one in self._given if one.valid]
        self._marks: Marks = by_person(stands)

    @property
    def by_payer(self) -> Concentration:
        """How all valid awards are spread over those who gave any."""
        return concentration(Counter(one.payer for one in self._valid))

    @property
    def by_author(self) -> Concentration:
        """How they are spread over those who got any."""
        return concentration(Counter(one.author for one in self._valid))

    @property
    def stances(self) -> Sides:
        """Where the authors of all valid awards stood on their payers' products."""
        return self._sides(self._valid)

    def payers(self) -> list[Payer]:
        """Who gave most first."""
        found = [self._payer(payer, those) for payer, those in _grouped((one.payer, one) for one in self._given)]
        return sorted(found, key=lambda one: (-one.awards, one.payer))

    def authors(self) -> list[Author]:
        """Who got most first."""
        found = [self._author(author, those) for author, those in _grouped((one.author, one) for one in self._valid)]
        return sorted(found, key=lambda one: (-one.awards, one.author))

    def products(self) -> list[OfProduct]:
        """By payer and product, what was awarded most first."""
        sides: defaultdict[tuple[str, Product], list[Side]] = defaultdict(list)
        for one in self._valid:
            for product, marks in self._marks.get((one.room, one.author), {}).items():
                sides[one.payer, product].append(side(marks))
        found = [
            OfProduct(payer, product.name, product.of, len(those), _counted(those))
            for (payer, product), those in sides.items()
        ]
        return sorted(found, key=lambda one: (-one.awards, one.payer, one.product, one.of))

    def given_by(self) -> dict[tuple[str, str], tuple[int, int]]:
        """By observer and payer: how many valid awards, in how many cases."""
        grouped = _grouped(((one.giver, one.payer), one) for one in self._valid)
        return {who: (len(those), _cases(those)) for who, those in grouped}

    def _payer(self, payer: str, those: list[Given]) -> Payer:
        valid = [one for one in those if one.valid]
        accepted = Counter(one.way for one in valid if one.answer == "accept")
        return Payer(
            payer=payer,
            awards=len(valid),
            void=len(those) - len(valid),
            declined=sum(one.answer == "decline" for one in valid),
            by_name=accepted["identified"],
            blind=accepted["blind"],
            cases=_cases(valid),
            authors=concentration(Counter(one.author for one in valid)),
            stances=self._sides(valid),
        )

    def _author(self, author: str, those: list[Given]) -> Author:
        payers = concentration(Counter(one.payer for one in those))
        return Author(author, len(those), _cases(those), payers, self._sides(those))

    def _sides(self, those: Iterable[Given]) -> Sides:
        return _counted(self._side(one) for one in those)

    def _side(self, one: Given) -> Side:
        products = self._marks.get((one.room, one.author), {})
        own = [marks for product, marks in products.items() if product.of == one.payer]
        return side(mark for marks in own for mark in marks)


def _counted(sides: Iterable[Side]) -> Sides:
    found = Counter(sides)
    return {name: found[name] for name in SIDES}


def _cases(those: Iterable[Given]) -> int:
    return len({one.room for one in those})


def _grouped(pairs: Iterable[tuple[K, V]]) -> Iterable[tuple[K, list[V]]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found.items()
