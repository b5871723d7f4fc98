"""Requests whose head does not come to its end: whoever sends it drop by drop is cut off."""

import asyncio
from typing import Final, Protocol

HEAD_S: Final = 5.0


class Sender(Protocol):
    """Whose head is awaited."""

    def too_slow(self) -> None:
        """Its time is over."""


class Heads:
    """The connections whose request has not come whole yet, oldest first. Looked at once a second."""

    def __init__(self) -> None:
        self._begun_s: dict[Sender, float] = {}

    def __len__(self) -> int:
        return len(self._begun_s)

    def begin(self, sender: Sender) -> None:
        """From now on the head has 5 s; more of the same does not give it more."""
        self._begun_s.setdefault(sender, asyncio.get_running_loop().time())

    def end(self, sender: Sender) -> None:
        """It is here, or its sender is gone."""
        self._begun_s.pop(sender, None)

    def look(self) -> None:
        """End those whose time is over."""
        oldest_s = asyncio.get_running_loop().time() - HEAD_S
        for sender in [sender for sender, begun_s in self._begun_s.items() if begun_s <= oldest_s]:
            self.end(sender)
            sender.too_slow()
