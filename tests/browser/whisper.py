"""Words that a test puts on a page's line, among those of its server."""

import re
from typing import Final, Self

import msgpack
from playwright.async_api import Page, WebSocketRoute

from tests.endtoend.raw import Frame

_WS: Final = re.compile(r"/ws(\?|$)")


class Whisper:
    """Whoever whispers to a page from its next connection on."""

    def __init__(self) -> None:
        self._line: WebSocketRoute | None = None

    @classmethod
    async def to(cls, page: Page) -> Self:
        """A whisperer to `page`, on which nothing has been opened."""
        whisper = cls()
        await page.route_web_socket(_WS, whisper._opened)
        return whisper

    def say(self, frame: Frame) -> None:
        """Let the page hear this as its server's word."""
        assert self._line is not None, "there is no connection yet"
        self._line.send(msgpack.packb(frame))

    def _opened(self, line: WebSocketRoute) -> None:
        line.connect_to_server()
        self._line = line
