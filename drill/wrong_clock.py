"""A wrong time of day, for one process: what reads `time.time` or `time.time_ns` reads it. Monotonic clocks go on."""

import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

_AHEAD: Final = re.compile(r"([+-]\d+)s(?::after=(\d+)s)?")


def wrong_clock(wish: str) -> Callable[[], None]:
    """What sets the clock: `+7200s`, `-7200s:after=30s` (after the start), `file=PATH`. Raises `ValueError`.

    The file says how wrong the clock is now, for example `+7200s`, and may change; while it is not there, not at all.
    """
    if wish.startswith("file="):
        return partial(_set, partial(_written, Path(wish.removeprefix("file="))))
    match = _AHEAD.fullmatch(wish)
    if match is None:
        raise ValueError
    return partial(_set, partial(_later, int(match[1]), time.monotonic() + int(match[2] or 0)))


def _set(ahead_s: Callable[[], int]) -> None:
    right_ns, right_s = time.time_ns, time.time
    time.time_ns = lambda: right_ns() + ahead_s() * 1_000_000_000
    time.time = lambda: right_s() + ahead_s()


def _later(ahead_s: int, from_s: float) -> int:
    return ahead_s if time.monotonic() >= from_s else 0


def _written(file: Path) -> int:
    try:
        match = _AHEAD.fullmatch(file.read_text().strip())
    except FileNotFoundError:
        return 0
    return int(match[1]) if match else 0
