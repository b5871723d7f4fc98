"""Two shares compared, with how sure the difference is: pure. Intervals cover 95 %."""

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

Z: Final = 1.959963984540054


class Share(NamedTuple):
    """`favourable` of `all`."""

    favourable: int
    all: int

    @property
    def value(self) -> float:
        """The share, 0 to 1. Of nobody there is none: `ZeroDivisionError`."""
        return self.favourable / self.all


class Stratum(NamedTuple):
    """Those who had an award and those who had none, of one kind."""

    awarded: Share
    others: Share

    @property
    def comparable(self) -> bool:
        """Whether there is somebody on both sides."""
        return self.awarded.all > 0 and self.others.all > 0


class Estimate(NamedTuple):
    """A difference of shares, -1 to 1, and between which two it lies."""

    difference: float
    low: float
    high: float


def wilson(share: Share) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927)."""
    n, p, z2 = share.all, share.value, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(stratum: Stratum) -> Estimate:
    """Awarded less others (Newcombe 1998, method 10: the square of both score intervals added)."""
    one, other = stratum.awarded, stratum.others
    (low_1, high_1), (low_0, high_0) = wilson(one), wilson(other)
    difference = one.value - other.value
    low = difference - sqrt((one.value - low_1) ** 2 + (high_0 - other.value) ** 2)
    high = difference + sqrt((high_1 - one.value) ** 2 + (other.value - low_0) ** 2)
    return Estimate(difference, max(-1.0, low), min(1.0, high))


def within(strata: Sequence[Stratum]) -> Estimate | None:
    """The difference within strata, each weighed by Mantel and Haenszel's n₁n₀/(n₁+n₀); None where none compares.

    Its limits recover the variances from those of each stratum (Zou and Donner 2008); of one stratum they are its own.
    """
    compared = [one for one in strata if one.comparable]
    if not compared:
        return None
    weights = [one.awarded.all * one.others.all / (one.awarded.all + one.others.all) for one in compared]
    shares = [weight / sum(weights) for weight in weights]
    found = [newcombe(one) for one in compared]
    difference = sum(share * one.difference for share, one in zip(shares, found, strict=True))
    below = sqrt(sum((share * (one.difference - one.low)) ** 2 for share, one in zip(shares, found, strict=True)))
    above = sqrt(sum((share * (one.high - one.difference)) ** 2 for share, one in zip(shares, found, strict=True)))
    return Estimate(difference, max(-1.0, difference - below), min(1.0, difference + above))
