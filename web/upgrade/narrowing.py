"""Slow lines: what the kernel may have under way on one follows from what it carries.

What is under way waits in a queue along the line, and with it everything else that goes to that phone: on one of
20 kbit/s the kernel's usual ten packets are five seconds of it. So every line begins narrow, and is widened once it has
shown that it is quick.
"""

import socket as system
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

# A line that takes what was written within this time is quick; whoever takes longer than that is on a slow one.
QUICK_S: Final = 0.25
SLOW_S: Final = 1.0
# So much of a line's time may be under way on it, but never less than three packets: fewer would not fill it.
UNDER_WAY_S: Final = 1.5
LEAST_BYTES: Final = 4_096
MOST_BYTES: Final = 262_144
WIDENING: Final = 4


class _Wait:
    """What was written to one socket since it took no more at once."""

    __slots__ = ("since_s", "taken_bytes")

    def __init__(self, since_s: float) -> None:
        self.since_s = since_s
        self.taken_bytes = 0


class Narrowing:
    """How wide the sockets of one loop are, by descriptor. `clock` is in seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._waits: dict[int, _Wait] = {}
        self._widened: dict[int, int] = {}
        self._clock = clock

    def open(self, fd: int) -> None:
        """A socket is new: nobody knows what it carries."""
        _hold(fd, LEAST_BYTES)

    def begin(self, fd: int) -> None:
        """The kernel takes no more of what is written to `fd`."""
        self._waits[fd] = _Wait(self._clock())

    def taken(self, fd: int, count: int) -> None:
        """It took so many bytes of what waits. Once that is slow, it may hold as much as the line carries in 1.5 s."""
        wait = self._waits[fd]
        wait.taken_bytes += count
        waited_s = self._clock() - wait.since_s
        if waited_s > SLOW_S:
            self._set(fd, max(LEAST_BYTES, round(UNDER_WAY_S * wait.taken_bytes / waited_s)))

    def end(self, fd: int) -> None:
        """It took all that waited. Where that was quick, it may hold more."""
        wait = self._waits.pop(fd)
        width = self._widened.get(fd, LEAST_BYTES)
        if self._clock() - wait.since_s < QUICK_S and width < MOST_BYTES:
            self._set(fd, width * WIDENING)

    def forget(self, fd: int) -> None:
        """The socket is gone."""
        self._waits.pop(fd, None)
        self._widened.pop(fd, None)

    def _set(self, fd: int, width: int) -> None:
        self._widened[fd] = width
        _hold(fd, width)


def _hold(fd: int, size: int) -> None:
    with suppress(OSError):  # a line that is gone is found so by whoever writes to it
        socket = system.socket(fileno=fd)
        try:
            socket.setsockopt(system.SOL_SOCKET, system.SO_SNDBUF, size)
        finally:
            socket.detach()
