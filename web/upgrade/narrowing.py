"""Slow lines: what the kernel may have under way on one follows from what it carries.

What is under way waits in a queue along the line, and with it everything else that goes to that phone: on one of
20 kbit/s the kernel's usual ten packets are five seconds of it.
"""

import socket as system
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

# Whoever took longer to take what was written is on a slow line.
SLOW_S: Final = 1.0
# So much of a line's time may be under way on it, but never less than three packets: fewer would not fill it.
UNDER_WAY_S: Final = 1.5
LEAST_BYTES: Final = 4_096


class _Wait:
    """What was written to one socket since it took no more at once."""

    __slots__ = ("since_s", "taken_bytes")

    def __init__(self, since_s: float) -> None:
        self.since_s = since_s
        self.taken_bytes = 0


class Narrowing:
    """The sockets of one loop that take no more just now, by descriptor. `clock` is in seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._waits: dict[int, _Wait] = {}
        self._clock = clock

    def begin(self, fd: int) -> None:
        """The kernel takes no more of what is written to `fd`."""
        self._waits[fd] = _Wait(self._clock())

    def taken(self, fd: int, count: int) -> None:
        """It took so many bytes of what waits. Once that is slow, it may hold as much as the line carries in 1.5 s."""
        if (wait := self._waits.get(fd)) is None:
            return
        wait.taken_bytes += count
        waited_s = self._clock() - wait.since_s
        if waited_s > SLOW_S:
            _hold(fd, max(LEAST_BYTES, round(UNDER_WAY_S * wait.taken_bytes / waited_s)))

    def end(self, fd: int) -> None:
        """Nothing waits any more."""
        self._waits.pop(fd, None)


def _hold(fd: int, size: int) -> None:
    with suppress(OSError):  # a line that is gone is found so by whoever writes to it
        socket = system.socket(fileno=fd)
        try:
            socket.setsockopt(system.SOL_SOCKET, system.SO_SNDBUF, size)
        finally:
            socket.detach()
