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


def rings(edges: Iterable[Edge]) -> list[Ring]:
    """The rings among `edges`, the closest first."""
    given = {(edge.by, edge.author): edge for edge in edges if edge.by != edge.author}
    totals = Counter[str]()
    for edge in given.values():
        totals[edge.by] += edge.posts
    pairs = [(one, other) for one, other in given if one < other and _close(given, totals, one, other)]
    found = [_ring(given, totals, members) for members in _joined(pairs)]
    return sorted(found, key=lambda ring: (-ring.share, -ring.posts, ring.people))


def _close(given: Mapping[tuple[str, str], Edge], totals: Mapping[str, int], one: str, other: str) -> bool:
    there, back = given[one, other], given.get((other, one))
    if back is None or min(there.rooms, back.rooms) < LEAST_ROOMS:
        return False
    return there.posts + back.posts >= LEAST_SHARE * (totals[one] + totals[other])


def _joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The people of these pairs, those together who are joined by any chain of pairs."""
    groups: list[set[str]] = []
    for pair in pairs:
        touching = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touching]
        groups.append(set(pair).union(*touching))
    return groups


def _ring(given: Mapping[tuple[str, str], Edge], totals: Mapping[str, int], members: set[str]) -> Ring:
    within = sum(edge.posts for (by, author), edge in given.items() if by in members and author in members)
    return Ring(sorted(members), within, round(within / sum(totals[person] for person in members), 3))
