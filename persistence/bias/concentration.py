"""How unevenly things are spread over those who have any: pure."""

from collections.abc import Collection, Mapping

import msgspec


class Concentration(msgspec.Struct, frozen=True):
    """`total` things of `holders`. `top`: who has most, the first by name of several; "" where there is nothing."""

    holders: int
    total: int
    gini: float
    top: str
    top_share: float


def concentration(counts: Mapping[str, int]) -> Concentration:
    """Of those who have at least one; who has none is no holder."""
    held = {name: count for name, count in counts.items() if count > 0}
    top = min(held, key=lambda name: (-held[name], name), default="")
    return Concentration(len(held), sum(held.values()), gini(held.values()), top, top_share(held.values()))


def gini(counts: Collection[int]) -> float:
    """0 where all have the same, towards 1 the more a few have: Σ(2i - n - 1)·xᵢ / (n·Σxᵢ), x ascending, i from 1."""
    n, total = len(counts), sum(counts)
    if total == 0:
        return 0.0
    return sum((2 * i - n - 1) * x for i, x in enumerate(sorted(counts), 1)) / (n * total)


def top_share(counts: Collection[int]) -> float:
    """What the largest is of all, 0 to 1; 0 where there is nothing."""
    total = sum(counts)
    return max(counts) / total if total else 0.0
