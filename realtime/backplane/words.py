"""The two kinds of publish-subscribe that Redis has, and which channels may stand in one command."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from realtime.backplane.slots import slot_of


class Words(NamedTuple):
    """The commands of one kind. `together` groups channels that one command may name."""

    publish: bytes
    subscribe: bytes
    unsubscribe: bytes
    together: Callable[[Iterable[bytes]], list[list[bytes]]]


def _all(channels: Iterable[bytes]) -> list[list[bytes]]:
    together = list(channels)
    return [together] if together else []


def _by_slot(channels: Iterable[bytes]) -> list[list[bytes]]:
    slots: defaultdict[int, list[bytes]] = defaultdict(list)
    for channel in channels:
        slots[slot_of(channel)].append(channel)
    return list(slots.values())


PLAIN = Words(b"PUBLISH", b"SUBSCRIBE", b"UNSUBSCRIBE", _all)
SHARDED = Words(b"SPUBLISH", b"SSUBSCRIBE", b"SUNSUBSCRIBE", _by_slot)
