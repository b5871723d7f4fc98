"""Python loads this first in a server whose PYTHONPATH names this folder: the time is what a file says."""

import mmap
import os
import struct
import time

_file = open(os.environ["TESTS_CLOCK"], "rb")
_clock = mmap.mmap(_file.fileno(), 0, access=mmap.ACCESS_READ)


def _now_ms() -> int:
    (now_ms,) = struct.unpack("<q", _clock)
    return int(now_ms)


time.time = lambda: _now_ms() / 1_000
time.time_ns = lambda: _now_ms() * 1_000_000
