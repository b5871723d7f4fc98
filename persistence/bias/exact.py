"""How often chance alone would do as much: Fisher's exact test, over strata. Pure.

Whoever is favourable stays so and every stratum keeps its numbers; only who had an award is drawn anew. It is what a
permutation test comes to when all permutations are counted.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from math import exp, lgamma
from typing import Final

from persistence.bias.proportions import Stratum

TIES: Final = 1e-7
"""Two chances that differ by less of themselves are the same chance."""


def exact_p(strata: Iterable[Stratum]) -> float:
    """The two-sided p: of all draws together those that are no likelier than what was found. 1 where none compares."""
    compared = [one for one in strata if one.comparable]
    chances = reduce(_sums, map(_chances, compared), [1.0])
    found = sum(one.awarded.favourable - _least(one) for one in compared)
    bound = chances[found] * (1 + TIES)
    return min(1.0, sum(chance for chance in chances if chance <= bound))


def _chances(one: Stratum) -> list[float]:
    """How likely each number of favourable ones among the awarded is, from the least that there can be."""
    favourable = one.awarded.favourable + one.others.favourable
    whole = _log_choose(one.awarded.all + one.others.all, favourable)
    most = min(favourable, one.awarded.all)
    return [
        exp(_log_choose(one.awarded.all, k) + _log_choose(one.others.all, favourable - k) - whole)
        for k in range(_least(one), most + 1)
    ]


def _least(one: Stratum) -> int:
    return max(0, one.awarded.favourable + one.others.favourable - one.others.all)


def _sums(these: Sequence[float], those: Sequence[float]) -> list[float]:
    """The chances of the sum of two numbers that know nothing of each other."""
    found = [0.0] * (len(these) + len(those) - 1)
    for i, chance in enumerate(these):
        for j, other in enumerate(those):
            found[i + j] += chance * other
    return found


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
