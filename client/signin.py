"""Who the client says it is: a token, a session cookie, or single-use tickets. And where the server is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

_SCHEMES = {"http": "ws", "https": "wss"}


@dataclass(frozen=True)
class SignIn:
    """Exactly one of three: `token`, `cookie` ("name=value"), or `ticket`, which gets a new one for each connection."""

    token: str | None = field(default=None, repr=False)
    cookie: str | None = field(default=None, repr=False)
    ticket: Callable[[], Awaitable[str]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if [self.token, self.cookie, self.ticket].count(None) != 2:
            raise ValueError("Sign in with exactly one of token, cookie, ticket.")

    async def address(self, url: str, path: Literal["/ws", "/sse"]) -> str:
        """Where lines of the server at `url` are opened, with a fresh ticket where tickets are used."""
        parts = urlsplit(url)
        query = urlencode({"ticket": await self.ticket()}) if self.ticket else ""
        scheme = _SCHEMES[parts.scheme] if path == "/ws" else parts.scheme
        return urlunsplit((scheme, parts.netloc, f"{parts.path.rstrip('/')}{path}", query, ""))

    def headers(self, url: str) -> dict[str, str]:
        """The request headers that say who this is; none with tickets."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.cookie:
            parts = urlsplit(url)
            return {"Cookie": self.cookie, "Origin": f"{parts.scheme}://{parts.netloc}"}
        return {}


def checked(url: str) -> str:
    """`url` itself, the http or https address of a server. Raises `ValueError`."""
    if urlsplit(url).scheme not in _SCHEMES:
        raise ValueError("Name the server by its http or https address.")
    return url
