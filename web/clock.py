"""The time of day, as everything in `web` is given it."""

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Unix time in ms."""


def now_ms() -> int:
    """Unix time in ms."""
    return time.time_ns() // 1_000_000
