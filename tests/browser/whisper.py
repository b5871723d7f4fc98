"""Words that a test puts on a page's line, among those of its server."""

import re
from typing import Final, Self

import msgpack
from playwright.async_api import Page, WebSocketRoute

from tests.endtoend.raw import Frame

_WS: Final = re.compile(r"/ws(\?|$)")


class Whisper:
    """Whoever whispers to a page from its next connection on. What that answers to a notice so told stays here."""

    def __init__(self) -> None:
        self._line: WebSocketRoute | None = None
        self._notices: set[str] = set()

    @classmethod
    async def to(cls, page: Page) -> Self:
        """A whisperer to `page`, on which nothing has been opened."""
        whisper = cls()
        await page.route_web_socket(_WS, whisper._opened)
        return whisper

    def say(self, frame: Frame) -> None:
        """Let the page hear this as its server's word."""
        assert self._line is not None, "there is no connection yet"
        if frame["t"] == "notice":
            self._notices.add(frame["notice"])
        self._line.send(msgpack.packb(frame))

    def _opened(self, line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        line.on_message(lambda message: self._heard(server, message))
        self._line = line

    def _heard(self, server: WebSocketRoute, message: str | bytes) -> None:
        frame = msgpack.unpackb(message) if isinstance(message, bytes) else {}
        if frame.get("t") != "noticed" or frame["notice"] not in self._notices:
            server.send(message)
