"""How many connections people and networks have on the other nodes: each says so every second, of the many alone."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Final

from realtime.backplane.messages import Crowded

# What was said longer ago counts no more: its node is gone, or has nothing to tell.
LASTS_S: Final = 3.0
# Whoever has fewer is not spoken of: on a few nodes that makes little, and nearly everybody has one.
MANY_OF_PERSON: Final = 2
MANY_OF_NETWORK: Final = 10
MOST_NAMED: Final = 1_000


class Elsewhere:
    """What the other nodes have said last. While the backplane is away nobody is elsewhere."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[Crowded, float]] = {}

    def heard(self, crowded: Crowded) -> None:
        """A node has told of its crowd."""
        now_s = asyncio.get_running_loop().time()
        self._said = {node: said for node, said in self._said.items() if said[1] > now_s - LASTS_S}
        self._said[crowded.node] = crowded, now_s

    def of_person(self, person: str) -> int:
        """Connections of `person` on the other nodes."""
        return sum(crowded.people.get(person, 0) for crowded in self._fresh())

    def of_network(self, key: str) -> int:
        """Connections from a network to the other nodes."""
        return sum(crowded.networks.get(key, 0) for crowded in self._fresh())

    def _fresh(self) -> list[Crowded]:
        if not self._said:
            return []
        since_s = asyncio.get_running_loop().time() - LASTS_S
        return [crowded for crowded, at_s in self._said.values() if at_s > since_s]


def many(counts: Mapping[str, int], least: int) -> dict[str, int]:
    """Those who have at least so many; not more than can be told in a message."""
    found = {key: count for key, count in counts.items() if count >= least and key}
    return found if len(found) <= MOST_NAMED else dict(Counter(found).most_common(MOST_NAMED))
