"""The loop's spare time: what thousands can wait for is done in it, so that the few who work never wait for that.

The thread that commits and the loop that delivers share one interpreter. While a commit is under way, what can wait
leaves it to that: for 5 ms at the most, and where commits are always under way, half of the time.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

PAUSE_S: Final = 0.005
# What all that can wait may take together, of one turn of the loop.
SLICE_S: Final = 0.001


class Spare:
    """One for each node. A turn of the loop is told by the loop's clock, which stands still while one lasts."""

    __slots__ = ("_commits", "_ends_s", "_free_until_s", "_timer", "_turn_s", "_waiting")

    def __init__(self) -> None:
        self._commits = 0
        self._turn_s = self._ends_s = 0.0
        self._free_until_s = 0.0
        self._waiting: list[Callable[[], None]] = []
        self._timer: asyncio.TimerHandle | None = None

    def ends_s(self) -> float:
        """Until when (monotonic) work that can wait may go on in this turn of the loop."""
        turn_s = asyncio.get_running_loop().time()
        if turn_s != self._turn_s:
            self._turn_s, self._ends_s = turn_s, time.monotonic() + SLICE_S
        return self._ends_s

    def commit_begun(self) -> None:
        """A turn of a room has begun."""
        self._commits += 1

    def commit_ended(self) -> None:
        """It is over, and its author and the contributors are told."""
        self._commits -= 1
        if not self._commits:
            self._go_on()

    def pause(self, go_on: Callable[[], None]) -> bool:
        """Whether to wait: then `go_on` is called when no commit is under way any more, or after 5 ms."""
        if not self._commits or time.monotonic() < self._free_until_s:
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
