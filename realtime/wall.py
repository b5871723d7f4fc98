"""The time of day beside a clock that never jumps: what was said is not shown early because somebody set the clock."""

import time
from collections.abc import Callable, Iterable
from typing import Final

JUMP_MS: Final = 1_000
# On Linux this one goes on while the machine sleeps.
_STEADY: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


def _steady_ms() -> int:
    return time.clock_gettime_ns(_STEADY) // 1_000_000


class Wall:
    """The time of day (`wall`) as of one process, held against its `steady` clock; both in ms."""

    def __init__(self, wall: Callable[[], int] = _wall_ms, steady: Callable[[], int] = _steady_ms) -> None:
        self._wall = wall
        self.steady_ms = steady
        self._begun_ms = self._known_ms = wall() - steady()

    def careful_ms(self) -> int:
        """Unix time, not later than what this process began with and has lived since: for what must not be early."""
        return min(self._wall(), self._begun_ms + self.steady_ms())

    def steadied(self, moments: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """(seq, Unix ms) as (seq, ms of the steady clock); what seems to lie ahead of us is now."""
        now_ms = self.steady_ms()
        shift_ms = now_ms - self.careful_ms()
        return [(seq, min(at + shift_ms, now_ms)) for seq, at in moments]

    def jumped_ms(self) -> int:
        """By how much the time of day has jumped since this was asked last, or 0 where that is less than a second."""
        ahead_ms = self._wall() - self.steady_ms()
        jumped_ms, self._known_ms = ahead_ms - self._known_ms, ahead_ms
        return jumped_ms if abs(jumped_ms) >= JUMP_MS else 0
