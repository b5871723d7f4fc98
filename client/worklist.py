"""The live worklist, followed across connections."""

import asyncio
from collections.abc import Callable, Sequence

from client.errors import ClientClosed, RefusedByServer
from client.frames import Frame
from client.ids import command_id
from client.sending import COME_BACK, COME_BACK_MS
from client.stream import Stream


class Worklist:
    """Asks for `case` frames, and again on each new connection; `cases` gives them as they come."""

    def __init__(self, send: Callable[[Frame], None]) -> None:
        self._send = send
        self._wish: Frame | None = None
        self._asked = ""
        self._answer: asyncio.Future[None] | None = None
        self._coming_back: asyncio.TimerHandle | None = None
        self.cases: Stream[Frame] = Stream()

    def watch(self, specialties: Sequence[str], languages: Sequence[str]) -> "asyncio.Future[None]":
        """The coming answer. A later wish replaces an earlier one."""
        self._wish = {"t": "watch", "specialties": list(specialties), "languages": list(languages)}
        self._answer = asyncio.get_running_loop().create_future()
        self._ask()
        return self._answer

    def unwatch(self) -> None:
        """No more cases."""
        self._wish, self._asked = None, ""
        self._send({"t": "unwatch", "id": command_id()})

    def connected(self) -> None:
        """There is a connection: ask again for what was asked for."""
        self._ask()

    def disconnected(self) -> None:
        """The connection is gone: no answer comes on it."""
        self._asked = ""
        if self._coming_back is not None:
            self._coming_back.cancel()

    def acked(self, name: str) -> None:
        """Take an `ack`, if it is of this."""
        if name == self._asked and self._answer is not None and not self._answer.done():
            self._answer.set_result(None)

    def refused(self, name: str, error: RefusedByServer) -> None:
        """Take an `error`, if it is of this: come back later, or never."""
        if name != self._asked:
            return
        if error.code in COME_BACK:
            after_s = (error.retry_after_ms or COME_BACK_MS) / 1_000
            self._coming_back = asyncio.get_running_loop().call_later(after_s, self._ask)
        else:
            self.fail(error)

    def fail(self, error: Exception) -> None:
        """No more cases, and this is why."""
        self._wish = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
        self.cases.end(None if isinstance(error, ClientClosed) else error)

    def _ask(self) -> None:
        if self._wish is not None:
            self._asked = command_id()
            self._send({**self._wish, "id": self._asked})
