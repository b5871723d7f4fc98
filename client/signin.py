"""Who the client says it is: a token, a session cookie, or single-use tickets. And where the server is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit, urlunsplit

_WEBSOCKET = {"http": "ws", "https": "wss"}


@dataclass(frozen=True)
class SignIn:
    """Exactly one of three: `token`, `cookie` ("name=value"), or `ticket`, which gets a new one for each connection."""

    token: str | None = field(default=None, repr=False)
    cookie: str | None = field(default=None, repr=False)
    ticket: Callable[[], Awaitable[str]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if [self.token, self.cookie, self.ticket].count(None) != 2:
            raise ValueError("Sign in with exactly one of token, cookie, ticket.")

    async def address(self, url: str) -> str:
        """The WebSocket address of the server at `url`, with a fresh ticket where tickets are used."""
        parts = urlsplit(url)
        query = urlencode({"ticket": await self.ticket()}) if self.ticket else ""
        path = f"{parts.path.rstrip('/')}/ws"
        return urlunsplit((_WEBSOCKET[parts.scheme], parts.netloc, path, query, ""))

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
    if urlsplit(url).scheme not in _WEBSOCKET:
        raise ValueError("Name the server by its http or https address.")
    return url
