"""Lines of the worklist that wait until observers may be shown them: at most two a room, whatever happens there."""

from typing import NamedTuple

import msgspec

from realtime.backplane.messages import CardChanged
from realtime.rooms.card import Card, switched
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.erasure import card_without_words


class Held(NamedTuple):
    """A change that was told to the others at `at_s`."""

    changed: CardChanged
    at_s: float


class Delayed:
    """The changes of one room's card that wait: the first, which no later one puts off, and the last since."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: list[Held] = []

    def __bool__(self) -> bool:
        return bool(self._held)

    def push(self, changed: CardChanged, now_s: float) -> None:
        """Keep this change; one between it and the first is old now."""
        self._held[1:] = [Held(changed, now_s)]

    def erase(self) -> None:
        """Keep no word of the case."""
        self._held = [Held(wordless(changed), at_s) for changed, at_s in self._held]

    def wait_s(self, switch: ObserverSwitch, now_s: float) -> float:
        """For how long the first has to wait yet, as the presenter's `switch` is now."""
        return self._held[0].at_s + delay_s(switch) - now_s

    def pop(self, now: Card) -> CardChanged:
        """The first: what its card said then, for those whom the card lets see it now."""
        changed = self._held.pop(0).changed
        case = switched(changed.card.case, now.case.observers)
        card = msgspec.structs.replace(changed.card, case=case, removed=now.removed)
        return msgspec.structs.replace(changed, card=card)


def wordless(changed: CardChanged) -> CardChanged:
    """The change of a case whose words were erased."""
    return msgspec.structs.replace(changed, card=card_without_words(changed.card))


def delay_s(switch: ObserverSwitch) -> int:
    """By how much observers hear later than the others."""
    return switch.delay_s if switch.mode == "delayed" else 0
