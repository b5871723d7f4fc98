"""What is measured of a simulation: how credibility follows skill, and what a ring makes of itself."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Final

from bench.credibility.world import Physician

NEAR: Final = 0.03
"""Skill that differs by no more than this is taken to be equal."""


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """The correlation of the ranks of two columns; equal values share theirs."""
    first, second = _ranks(one), _ranks(other)
    middle = (len(one) + 1) / 2
    both = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    alone = [sum((rank - middle) ** 2 for rank in ranks) for ranks in (first, second)]
    return float(both / (alone[0] * alone[1]) ** 0.5)


def ring_ratio(people: Sequence[Physician], value: Mapping[str, float]) -> float:
    """The mean `value` of a ring's members over that of honest peers of equal skill."""
    honest = [one for one in people if not one.ring and not one.troll and one.id in value]
    pairs = []
    for member in people:
        peers = [value[one.id] for one in honest if abs(one.skill - member.skill) <= NEAR]
        if member.ring and member.id in value and peers:
            pairs.append((value[member.id], mean(peers)))
    return mean(own for own, _ in pairs) / mean(peers for _, peers in pairs)


def percentiles(value: Mapping[str, float]) -> dict[str, float]:
    """By name, which share of all is no better."""
    return {name: rank / len(value) for name, rank in zip(value, _ranks(list(value.values())), strict=True)}


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and values[ordered[end + 1]] == values[ordered[at]]:
            end += 1
        for place in ordered[at : end + 1]:
            ranks[place] = (at + end) / 2 + 1
        at = end + 1
    return ranks
