"""A time of day that a test sets for a whole deployment, so that its pictures are the same on any day."""

import mmap
import struct
from pathlib import Path
from typing import Final

_PATCH: Final = Path(__file__).with_name("set_clock")


class SetClock:
    """`environment` is what a server needs to go by it. Monotonic clocks, which time waits, go on as ever."""

    def __init__(self, file: Path, now_ms: int) -> None:
        file.write_bytes(bytes(8))
        self.environment = {"PYTHONPATH": str(_PATCH), "TESTS_CLOCK": str(file)}
        with file.open("r+b") as opened:
            self._clock = mmap.mmap(opened.fileno(), 8)
        self.set(now_ms)

    @property
    def now_ms(self) -> int:
        """Unix ms."""
        (now_ms,) = struct.unpack("<q", self._clock)
        return int(now_ms)

    def set(self, now_ms: int) -> None:
        """It is `now_ms` from now on."""
        self._clock[:] = struct.pack("<q", now_ms)

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.set(self.now_ms + round(seconds * 1_000))
