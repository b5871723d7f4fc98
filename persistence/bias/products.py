"""Which declared products a text names: `names_any` of awards, for many products and texts at once. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from realtime.rooms.awarding import names_any

_WORD: Final = re.compile(r"\w+")


class Product(NamedTuple):
    """A product, and the institution that declared it. Two may declare the same."""

    of: str
    name: str


class Products:
    """What institutions declare, found by the first word of its name."""

    def __init__(self, declared: Mapping[str, Iterable[str]]) -> None:
        """`declared`: the products of each institution."""
        self._by_word: defaultdict[str, list[Product]] = defaultdict(list)
        for institution, names in sorted(declared.items()):
            for name in dict.fromkeys(one.strip() for one in names):
                if name:
                    self._by_word[_first(name)].append(Product(institution, name))

    def named(self, text: str) -> frozenset[Product]:
        """The products that `text` names, in any case, as whole words."""
        words = {word.casefold() for word in _WORD.findall(text)} | {""}
        likely = [one for word in words & self._by_word.keys() for one in self._by_word[word]]
        return frozenset(one for one in likely if names_any([text], [one.name]))

    def __bool__(self) -> bool:
        return bool(self._by_word)


def _first(name: str) -> str:
    found = _WORD.search(name)
    return found.group().casefold() if found else ""
