"""What a journal needs of its database to append; the rest of a journal is the same over both."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from realtime.errors import Unavailable
from realtime.ports import Append
from realtime.rooms.chain import Head, Record


class AnswerLost(Unavailable):
    """Whether the records were written is not known: look them up before anything is done again."""


class Log(Protocol):
    """The append path of one database."""

    async def append(self, wish: Append) -> None:
        """Return once the records are on disk; what waits together is one commit.

        Raises `Conflict` or `Unavailable` where nothing was written, `AnswerLost` where that is not known.
        """

    def turn(self, room: str, known: Callable[[], Head]) -> AbstractAsyncContextManager[Sequence[Record]]:
        """As `realtime.ports.Journal.turn`."""

    async def close(self) -> None:
        """Let what has begun end, then end every connection."""
