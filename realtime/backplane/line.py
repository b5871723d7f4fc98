"""One connection to one server, as the listener and the publisher need it: nothing in it is retried or reconnected."""

import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from realtime.backplane.slots import Address

FIRST_DELAY_S = 0.05
LONGEST_DELAY_S = 1.0

Command = tuple[bytes, ...]


class Lost(Exception):
    """The line is of no use any more: it broke, or its server is silent or says that it cannot serve."""


class ErrorReply(NamedTuple):
    """The server's answer to one command was an error of this kind."""

    kind: str


class Line(Protocol):
    """Every method raises `Lost` once the line is broken."""

    async def send(self, commands: Sequence[Command]) -> None:
        """Send these together, in order; bounded in time."""

    async def reply(self) -> Any:
        """The next reply, as the server sent it, or an `ErrorReply`. Waits as long as it takes."""

    async def ask(self, commands: Sequence[Command]) -> list[Any]:
        """Send these together and return their replies; bounded in time."""

    async def quiet(self) -> bool:
        """Whether the line is open and nothing that was not asked for has come: it may be used."""

    def cut(self) -> None:
        """Break the line at once; whoever waits on it gets `Lost`."""

    async def close(self) -> None:
        """Break the line and wait until it is gone. May be called more than once."""


Dial = Callable[[], Awaitable[Line]]
"""Opens a line, bounded in time. Raises `Lost`."""

DialAt = Callable[[Address], Awaitable[Line]]
"""Opens a line to one of several servers, bounded in time. Raises `Lost`."""


async def asked(dial: Dial, question: Command) -> Any:
    """The reply to one command, on a line of its own; bounded in time. Raises `Lost`."""
    line = await dial()
    try:
        [reply] = await line.ask([question])
    finally:
        await line.close()
    return reply


def delays() -> Iterator[float]:
    """Seconds to wait before each attempt after a failure: longer and longer, at random, never over a second."""
    longest = FIRST_DELAY_S
    while True:
        yield random.uniform(longest / 2, longest)
        longest = min(LONGEST_DELAY_S, longest * 2)
