"""How far apart a room's rounds are: as far as their own length asks, so that they never take all of the time."""

from typing import Final

# The share of time that rounds take at most. So a busy room takes rounds of several events, the more of them the slower
# the machine is. What a round takes is smoothed: one that was held up is not to delay the next as well.
SHARE: Final = 0.75
SMOOTHING: Final = 0.125
MOST_APART_S: Final = 0.25
# Contributors were written to just before: what they say at once is heard before a round begins.
HEAD_START_S: Final = 0.002


class Pace:
    """The rounds of one room. Times are seconds on one monotonic clock."""

    __slots__ = ("_begun_s", "_took_s")

    def __init__(self) -> None:
        self._begun_s = self._took_s = 0.0

    def begun(self, now_s: float) -> None:
        """A round begins."""
        self._begun_s = now_s

    def ended(self, took_s: float) -> None:
        """The round is over, and was at work for `took_s`."""
        self._took_s += (took_s - self._took_s) * SMOOTHING

    def wait_s(self, now_s: float) -> float:
        """How long from now on the next round must wait."""
        apart_s = min(MOST_APART_S, self._took_s / SHARE)
        return max(HEAD_START_S, self._begun_s + apart_s - now_s)
