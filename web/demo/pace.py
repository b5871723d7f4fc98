"""The time of a play, which stands still while the play does."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress


class Pace:
    """Begins at 0, standing. `per_s` seconds of play go by in a second of `clock`, a steady one, while it runs."""

    def __init__(self, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s = per_s
        self._clock = clock
        self._done_s = 0.0
        self._since_s: float | None = None
        self._changed = asyncio.Event()

    @property
    def runs(self) -> bool:
        """Whether time goes by."""
        return self._since_s is not None

    @property
    def at_s(self) -> float:
        """Seconds of play that have gone by."""
        return self._done_s + (0.0 if self._since_s is None else (self._clock() - self._since_s) * self._per_s)

    def run(self, on: bool) -> None:
        """Go on, or stand still."""
        if on != self.runs:
            self._done_s, self._since_s = self.at_s, self._clock() if on else None
            self._changed.set()

    async def reach(self, at_s: float) -> None:
        """Return when the play is at `at_s`, at once where it is past that."""
        while self.at_s < at_s or not self.runs:
            self._changed.clear()
            left_s = (at_s - self.at_s) / self._per_s if self.runs else None
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._changed.wait()
