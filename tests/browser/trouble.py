"""What a browser complains of, and what a page asks of others than its server: either fails the test."""

import re
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebError

LINE_DOWN: Final = "|".join(
    (
        "net::ERR_(CONNECTION_|EMPTY_RESPONSE|INTERNET_DISCONNECTED|NETWORK_|SOCKET_NOT_CONNECTED|TIMED_OUT|CONTENT_LENGTH_MISMATCH)",
        "WebSocket connection",
    )
)
"""What Chromium says while the server cannot be reached."""

UNKNOWN: Final = r"status of 401|HTTP Authentication failed"
"""What it says where nobody is signed in."""


class Trouble:
    """All trouble of one context. `announce` what a test is going to cause; `check` raises on the rest."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._found: list[str] = []
        self._announced: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Listen to `context`, which has no page yet."""
        context.on("console", self._heard)
        context.on("weberror", self._raised)
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("page", self._opened)

    def announce(self, *patterns: str) -> None:
        """Take what matches one of these regular expressions as meant, from the beginning."""
        self._announced += patterns

    def check(self) -> None:
        """Raise `AssertionError` with all that nobody announced."""
        found = [one for one in self._found if not any(re.search(pattern, one) for pattern in self._announced)]
        assert not found, "\n".join(found)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self._found.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _raised(self, error: WebError) -> None:
        self._found.append(f"page error: {error.error}")

    def _asked(self, request: Request) -> None:
        self._own(request.url)

    def _failed(self, request: Request) -> None:
        # What a page was still asking for when it was left is nobody's trouble.
        if request.failure == "net::ERR_ABORTED":
            return
        self._found.append(f"request failed: {request.method} {request.url}: {request.failure}")

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._own(socket.url))
        page.on("crash", lambda page: self._found.append("the page crashed"))

    def _own(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self._found.append(f"another server was asked: {url}")
