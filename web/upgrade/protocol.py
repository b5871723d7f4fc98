"""The HTTP side of a connection: uvicorn's own, but for the request that opens a WebSocket or an event stream.

That one is answered here, and the transport handed to a protocol of ours: no ASGI scope, task, queue or timer is made
for it, and nothing of uvicorn's is left. The app says in its lifespan state who answers (`LIVE`) and keeps the time of
heads (`HEADS`), counts who comes (`CROWD`) and takes the sockets (`SOCKETS`).
"""

import asyncio
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, Protocol

from httptools import parse_url
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.utils import get_local_addr, get_remote_addr, is_ssl

from web.api.problems import Problem
from web.upgrade.crowd import Crowd
from web.upgrade.heads import Heads
from web.upgrade.sockets import Sockets
from web.upgrade.streaming import PATH as STREAM_PATH

LIVE: Final = "curbside.live"
HEADS: Final = "curbside.heads"
CROWD: Final = "curbside.crowd"
SOCKETS: Final = "curbside.sockets"
PATH: Final = b"/ws"
HEAD_BYTES: Final = 65_536


class Live(Protocol):
    """Who answers those who ask for a WebSocket or an event stream."""

    def hears(self, sender: "UpgradingProtocol") -> bool:
        """Whether what has come from it is read now; else `heard` of it is called in a moment."""

    def ask(self, asking: "UpgradingProtocol") -> None:
        """Call `accept` or `refuse` of it, soon."""


class UpgradingProtocol(HttpToolsProtocol):
    """One HTTP connection, until it is a WebSocket or an event stream. `streams`: it is the latter that it asks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._live: Live | None = self.app_state.get(LIVE)
        self._heads: Heads = self.app_state[HEADS] if HEADS in self.app_state else Heads()
        self._head_bytes: int | None = 0
        self._early: bytes | None = None
        self._asks: bool | None = None
        self.streams = False
        self._unheard: bytes | None = None
        self._crowd: Crowd | None = self.app_state.get(CROWD)

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        # As the parent does, but for our own address: it is asked for when a request needs it.
        self.connections.add(self)
        self.transport = transport
        self.flow = FlowControl(transport)
        self.scheme = "https" if is_ssl(transport) else "http"
        self.client = get_remote_addr(transport)
        self._heads.begin(self)
        self._come()

    def connection_lost(self, exc: Exception | None) -> None:
        self._heads.end(self)
        self._go()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._early is not None:
            # Sent before the answer to an upgrade, and read before the reading was paused: one read at the most.
            self._early += data
            return
        if self._unheard is not None:
            self._unheard += data
        elif self._head_bytes is None or self._live is None or self._live.hears(self):
            self._take(data)
        else:
            self._unheard = data
            self.transport.pause_reading()
            self._heads.end(self)  # it is we who take our time now

    def _take(self, data: bytes) -> None:
        super().data_received(data)
        if self.streams and self._early is None and not self.gone:
            self._ask()
        elif self._head_bytes is not None and self.parser is not None:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self.refuse(Problem(431, "too_large", f"The head of a request has at most {HEAD_BYTES} bytes."))

    # What uvicorn's parser tells

    def on_message_begin(self) -> None:
        if self.streams:
            raise ValueError("a request came after the one that opens an event stream")
        super().on_message_begin()
        self._heads.begin(self)
        self._head_bytes = 0
        self._asks = None

    def on_headers_complete(self) -> None:
        self._heads.end(self)
        self._head_bytes = None
        if not (self.parser.should_upgrade() and self._should_upgrade()):
            self._introduce()
        self.streams = self._asks_to_stream()
        if self.streams:
            self.scope["method"] = "GET"
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.streams:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self.streams:
            super().on_message_complete()

    def _asks_to_stream(self) -> bool:
        """Whether it is for this, and nothing that was asked before still waits for its answer here."""
        asks = self.parser.get_method() == b"GET" and self.url.partition(b"?")[0] == STREAM_PATH
        return asks and self._live is not None and (self.cycle is None or self.cycle.response_complete)

    def _should_upgrade(self) -> bool:
        if self._asks is None:
            asks = self._get_upgrade() == b"websocket" and self.url.partition(b"?")[0] == PATH
            self._asks = asks and self._live is not None
        return self._asks

    def _unsupported_upgrade_warning(self) -> None:
        """Whoever asks for another protocol, or elsewhere, is answered over HTTP: nothing to warn of."""

    def handle_websocket_upgrade(self) -> None:
        self._ask()

    def _ask(self) -> None:
        assert self._live is not None
        self.transport.pause_reading()
        self._early = b""
        self._live.ask(self)

    # For those who answer

    def heard(self) -> None:
        """Read what has come of the request."""
        data, self._unheard = self._unheard, None
        if data is not None and not self.gone:
            self.transport.resume_reading()
            self._heads.begin(self)
            self._take(data)

    @property
    def method(self) -> bytes:
        """Of the request that asks."""
        return str(self.scope["method"]).encode()

    def asked(self) -> Scope:
        """The request that asks, as ASGI has one for a WebSocket, as far as it matters to who sent it.

        One for an event stream is as such a one to whoever is asked who that is: it opens a connection all the same.
        """
        self._introduce()
        scope = self._scope_of_ours()
        if self.config.proxy_headers:
            told = _forwarded(tuple(self.config.forwarded_allow_ips))(scope, _never, _never)  # type: ignore[arg-type]
            with suppress(StopIteration):
                told.send(None)  # it waits for nothing: one step is all of it
        return scope

    def _scope_of_ours(self) -> Scope:
        url = parse_url(self.url)
        return {
            "type": "websocket",
            "scheme": "wss" if self.scheme == "https" else "ws",
            "path": (STREAM_PATH if self.streams else PATH).decode(),
            "query_string": url.query or b"",
            "headers": self.headers,
            "client": self.client,
        }

    @property
    def gone(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return bool(self.transport.is_closing())

    def accept(self, answer: bytes, protocol: asyncio.Protocol) -> None:
        """Send the answer and give the connection to `protocol`."""
        early = self._early
        self.connections.discard(self)
        self._go()
        # The parser's callbacks are this object's methods: without that circle it is gone when this returns.
        self.parser = None  # type: ignore[assignment]
        sockets: Sockets | None = self.app_state.get(SOCKETS)
        transport = sockets.take(self.transport, protocol) if sockets is not None else self.transport
        transport.write(answer)
        if transport is self.transport:
            transport.set_protocol(protocol)
            transport.resume_reading()
        protocol.connection_made(transport)
        if early:
            protocol.data_received(early)

    def refuse(self, problem: Problem) -> None:
        """Say why not, over HTTP, and hang up."""
        if self.gone:
            return
        response = problem.response()
        head = [STATUS_LINE[response.status_code], b"connection: close\r\n"]
        head += [name + b": " + value + b"\r\n" for name, value in response.raw_headers]
        self.transport.write(b"".join([*head, b"\r\n", bytes(response.body)]))
        self.transport.close()

    def too_slow(self) -> None:
        """The head of a request did not come to its end in time."""
        self.transport.abort()

    def _come(self) -> None:
        if self._crowd is None:
            return
        try:
            self._crowd.come(self._address)
        except Problem as problem:
            self.refuse(problem)

    def _go(self) -> None:
        """It is no connection at HTTP any more."""
        crowd, self._crowd = self._crowd, None
        if crowd is not None:
            crowd.gone(self._address)

    @property
    def _address(self) -> str:
        return self.client[0] if self.client is not None else ""

    def _introduce(self) -> None:
        """Put the addresses of both ends where the scope wants them."""
        if self.server is None:
            self.server = get_local_addr(self.transport)
        self.scope["server"], self.scope["client"] = self.server, self.client


@lru_cache(maxsize=8)
def _forwarded(trusted: tuple[str, ...]) -> ProxyHeadersMiddleware:
    """Puts into a scope what a trusted proxy says: uvicorn's own middleware around nothing."""
    return ProxyHeadersMiddleware(_nothing, list(trusted))


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    """Answer nothing."""


async def _never(*_: Any) -> Any:
    raise AssertionError("nothing is received or sent here")
