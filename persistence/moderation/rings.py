"""Rings: people who mostly agree with each other. A list for moderators to look at, no verdict."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import msgspec

LEAST_ROOMS: Final = 3
"""Agreeing with a colleague in fewer rooms is an acquaintance."""
LEAST_SHARE: Final = 0.5
"""Of all that two people agree with, so much is each other's."""


class Edge(NamedTuple):
    """`by` agreed with `posts` posts of `author`, in `rooms` rooms."""

    by: str
    author: str
    rooms: int
    posts: int


class Ring(msgspec.Struct, frozen=True):
    """Two people or more. `share`: of all that they agreed with, how much was written within the ring."""

    people: list[str]
    posts: int
    share: float


def rings(edges: Iterable[Edge], totals: Mapping[str, int] | None = None) -> list[Ring]:
    """The rings among `edges`, the closest first.

    `totals`: with how many posts of others each one agreed in all, where `edges` are not all that there is.
    """
    given = {(edge.by, edge.author): edge for edge in edges if edge.by != edge.author}
    totals = _totals(given.values()) if totals is None else totals
    pairs = [(one, other) for one, other in given if one < other and _close(given, totals, one, other)]
    ring_of = _joined(pairs)
    within = Counter[int]()
    for (by, author), edge in given.items():
        if by in ring_of and ring_of[by] is ring_of.get(author):
            within[id(ring_of[by])] += edge.posts
    found = {id(members): members for members in ring_of.values()}
    made = [_ring(members, within[key], totals) for key, members in found.items()]
    return sorted(made, key=lambda ring: (-ring.share, -ring.posts, ring.people))


def _totals(edges: Iterable[Edge]) -> Counter[str]:
    totals = Counter[str]()
    for edge in edges:
        totals[edge.by] += edge.posts
    return totals


def _close(given: Mapping[tuple[str, str], Edge], totals: Mapping[str, int], one: str, other: str) -> bool:
    there, back = given[one, other], given.get((other, one))
    if back is None or min(there.rooms, back.rooms) < LEAST_ROOMS:
        return False
    return there.posts + back.posts >= LEAST_SHARE * (totals[one] + totals[other])


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The group of each person of these pairs: those together who are joined by any chain of pairs."""
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        groups = [group_of.setdefault(person, {person}) for person in (one, other)]
        small, large = sorted(groups, key=len)
        if small is not large:
            large |= small
            group_of.update(dict.fromkeys(small, large))
    return group_of


def _ring(members: set[str], posts: int, totals: Mapping[str, int]) -> Ring:
    return Ring(sorted(members), posts, round(posts / sum(totals[person] for person in members), 3))
