"""What waits to be published. It is bounded in number, bytes and age: what would be missed is in the journal."""

from collections import deque
from typing import NamedTuple

MOST = 16_384
MOST_BYTES = 16 * 1_024 * 1_024
AT_ONCE = 1_024
AT_ONCE_BYTES = 1_024 * 1_024
KEPT_S = 1.0
"""After so long the comparison of heads has told what waits here, and a signal means nothing any more."""


class Letter(NamedTuple):
    """A payload on its way to a channel, since `at_s`."""

    at_s: float
    channel: bytes
    payload: bytes


class Outbox:
    """Letters in order; the oldest give way. `now_s` is any clock that never goes back."""

    def __init__(self) -> None:
        self._letters: deque[Letter] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._letters)

    def put(self, letter: Letter) -> int:
        """Take one more letter. Returns how many were dropped for it."""
        self._letters.append(letter)
        self._bytes += len(letter.payload)
        dropped = 0
        while len(self._letters) > MOST or self._bytes > MOST_BYTES:
            self._next()
            dropped += 1
        return dropped

    def take(self, now_s: float) -> tuple[list[Letter], int]:
        """The oldest letters, as many as may leave at once, and how many were too old and dropped."""
        dropped = 0
        while self._letters and self._letters[0].at_s < now_s - KEPT_S:
            self._next()
            dropped += 1
        taken: list[Letter] = []
        size = 0
        while self._letters and len(taken) < AT_ONCE and size < AT_ONCE_BYTES:
            taken.append(self._next())
            size += len(taken[-1].payload)
        return taken, dropped

    def _next(self) -> Letter:
        letter = self._letters.popleft()
        self._bytes -= len(letter.payload)
        return letter
