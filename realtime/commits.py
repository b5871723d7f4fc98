"""Whether a commit is under way on this node: what can wait leaves the interpreter to it, for a moment.

The thread that commits and the loop that delivers share one interpreter; thousands of readers can wait 5 ms, the
author's ack and the contributors should not.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

PAUSE_S: Final = 0.005


class Commits:
    """Counts the turns under way. Where some are always under way, what can wait runs half of the time."""

    __slots__ = ("_free_until_s", "_timer", "_under_way", "_waiting")

    def __init__(self) -> None:
        self._under_way = 0
        self._free_until_s = 0.0
        self._waiting: list[Callable[[], None]] = []
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """A turn has begun."""
        self._under_way += 1

    def end(self) -> None:
        """It is over, and its author and the contributors are told."""
        self._under_way -= 1
        if not self._under_way:
            self._go_on()

    def pause(self, go_on: Callable[[], None]) -> bool:
        """Whether to wait: then `go_on` is called when no turn is under way any more, or after 5 ms."""
        if not self._under_way or time.monotonic() < self._free_until_s:
            return False
        self._waiting.append(go_on)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAUSE_S, self._waited)
        return True

    def _waited(self) -> None:
        self._free_until_s = time.monotonic() + PAUSE_S
        self._go_on()

    def _go_on(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        for go_on in waiting:
            asyncio.get_running_loop().call_soon(go_on)
