"""Questions that do not outlive the connection they were asked on."""

import asyncio
from collections.abc import Callable
from typing import Any

from client.errors import ConnectionLost, RefusedByServer
from client.frames import Frame
from client.ids import command_id


class Questions:
    """What was asked on this connection, by `id`, and is not answered yet."""

    def __init__(self, send: Callable[[Frame], None]) -> None:
        self._send = send
        self._connected = False
        self._answers: dict[str, asyncio.Future[Frame]] = {}

    async def ask(self, t: str, **fields: Any) -> Frame:
        """The answer to a frame `t`. Raises `RefusedByServer`, `ConnectionLost`."""
        if not self._connected:
            raise ConnectionLost("There is no connection just now.")
        name = command_id()
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._answers[name] = answer
        try:
            self._send({"t": t, "id": name, **fields})
            return await answer
        finally:
            self._answers.pop(name, None)

    def connected(self) -> None:
        """There is a connection to ask on."""
        self._connected = True

    def answered(self, frame: Frame) -> None:
        """Take the frame that answers a question, if it answers any."""
        answer = self._answers.get(frame["re"])
        if answer is not None and not answer.done():
            answer.set_result(frame)

    def refused(self, name: str, error: RefusedByServer) -> None:
        """Take the `error` that answers a question, if it answers any."""
        self._fail(name, error)

    def disconnected(self) -> None:
        """The connection is gone, and every answer with it."""
        self._connected = False
        self.fail(ConnectionLost("The connection was lost before the answer came."))

    def fail(self, error: Exception) -> None:
        """Nothing will be answered any more."""
        for name in self._answers:
            self._fail(name, error)

    def _fail(self, name: str, error: Exception) -> None:
        answer = self._answers.get(name)
        if answer is not None and not answer.done():
            answer.set_exception(error)
