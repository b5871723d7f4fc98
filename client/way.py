"""Which line to take: a WebSocket, or an event stream where the network has shown that it lets no WebSocket pass."""

import time
from collections.abc import Callable
from typing import Final

MOST_FAILURES: Final = 2
"""So many in a row, without a greeting in between, are no accident."""
STREAMED_S: Final = 600.0
"""After so long a WebSocket is tried again, at the next connection: the network may be another one."""


class Way:
    """`now_s`: seconds that never go back."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._failures = 0
        self._streams = False
        self._until_s = float("-inf")

    def choose(self) -> bool:
        """Whether the line that is opened now is a stream."""
        self._streams = self._until_s > self._now_s()
        return self._streams

    def greeted(self) -> None:
        """The server greeted us over the line that was chosen."""
        if not self._streams:
            self._failures = 0

    def failed(self, *, surely: bool = False) -> None:
        """Something answered on the line that was chosen, and there was no greeting. `surely`: it was not ours."""
        if self._streams:
            self._failures = MOST_FAILURES - 1
        else:
            self._failures = MOST_FAILURES if surely else self._failures + 1
        self._until_s = self._now_s() + STREAMED_S if self._failures >= MOST_FAILURES else float("-inf")
