"""The connection from HTTP to WebSocket: who is answered how, and that nothing of the HTTP side is left."""

import asyncio
import gc
import weakref
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from web.api.problems import Problem
from web.upgrade.heads import HEAD_S, Heads
from web.upgrade.protocol import HEAD_BYTES, HEADS, LIVE, UpgradingProtocol
from web.upgrade.streaming import ANSWER

ASK = (
    b"GET /ws?ticket=t1 HTTP/1.1\r\nHost: consult.example\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
STREAM = b"GET /sse?ticket=t1 HTTP/1.1\r\nHost: consult.example\r\nAccept: text/event-stream\r\n\r\n"


class Pipe(asyncio.Transport):
    """The client's end."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.protocol: asyncio.BaseProtocol | None = None
        self.paused = self.closed = self.aborted = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = self.aborted = True

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"peername": ("10.0.0.1", 4_000), "sockname": ("10.0.0.2", 80)}.get(name, default)


class Taken(asyncio.Protocol):
    """What a connection becomes."""

    def __init__(self) -> None:
        self.received = b""
        self.made = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.made = True

    def data_received(self, data: bytes) -> None:
        self.received += data


class Asked:
    """Keeps those who ask for a WebSocket."""

    def __init__(self) -> None:
        self.busy = False
        self.waiting: list[UpgradingProtocol] = []
        self.who: list[UpgradingProtocol] = []

    def hears(self, sender: UpgradingProtocol) -> bool:
        if self.busy:
            self.waiting.append(sender)
        return not self.busy

    def ask(self, asking: UpgradingProtocol) -> None:
        self.who.append(asking)


class Server:
    """The HTTP side, without its network."""

    def __init__(self, trusted: str = "") -> None:
        self.live, self.heads = Asked(), Heads()
        self.scopes: list[Any] = []
        self.answered = asyncio.Event()
        self.state = ServerState()
        self.config = Config(
            self._app,
            interface="asgi3",
            log_config=None,
            access_log=False,
            ws="none",
            lifespan="off",
            proxy_headers=bool(trusted),
            forwarded_allow_ips=[trusted],
        )
        self.config.load()

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        self.answered.set()

    def connect(self) -> tuple[UpgradingProtocol, Pipe]:
        pipe = Pipe()
        protocol = UpgradingProtocol(self.config, self.state, {LIVE: self.live, HEADS: self.heads})
        protocol.connection_made(pipe)
        return protocol, pipe


async def test_whoever_asks_for_the_socket_is_handed_over_and_nothing_of_http_is_left() -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(ASK)
    assert server.live.who == [asking] and pipe.paused and not server.scopes
    taken = Taken()
    asking.data_received(b"too early")
    asking.accept(b"101", taken)
    assert pipe.protocol is taken and taken.made
    assert (pipe.written, taken.received, pipe.paused) == (b"101", b"too early", False)
    assert not server.state.connections and not server.state.tasks and not len(server.heads)
    left = weakref.ref(asking)
    server.live.who.clear()
    gc.disable()
    del asking
    kept = left()
    gc.enable()
    assert kept is None


@pytest.mark.parametrize("version", [b"1.1", b"1.0"])
async def test_whoever_asks_for_a_stream_is_handed_over_as_well(version: bytes) -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(STREAM.replace(b"HTTP/1.1", b"HTTP/" + version))
    assert server.live.who == [asking] and asking.streams and pipe.paused and not server.scopes
    assert asking.asked()["path"] == "/sse" and asking.asked()["query_string"] == b"ticket=t1"
    taken = Taken()
    asking.accept(ANSWER, taken)
    assert pipe.protocol is taken and taken.made and pipe.written == ANSWER
    assert not server.state.connections and not server.state.tasks and not len(server.heads)


async def test_a_stream_takes_over_a_line_on_which_requests_were_answered() -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(b"GET / HTTP/1.1\r\nHost: consult.example\r\n\r\n")
    async with asyncio.timeout(5):
        await server.answered.wait()
    asking.data_received(STREAM)
    assert server.live.who == [asking] and len(server.scopes) == 1
    asking.refuse(Problem(429, "rate_limited", "One at a time."))
    assert b"One at a time." in pipe.written and pipe.closed


async def test_behind_a_request_that_is_not_answered_yet_there_is_no_stream() -> None:
    server = Server()
    asking, _ = server.connect()
    asking.data_received(b"GET / HTTP/1.1\r\nHost: consult.example\r\n\r\n" + STREAM)
    async with asyncio.timeout(5):
        while len(server.scopes) < 2:
            server.answered.clear()
            await server.answered.wait()
    assert [scope["path"] for scope in server.scopes] == ["/", "/sse"] and not server.live.who
    asking.connection_lost(None)


async def test_nothing_may_come_behind_the_request_for_a_stream() -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(STREAM + STREAM)
    assert pipe.written.startswith(b"HTTP/1.1 400 ") and pipe.closed and not server.live.who


@pytest.mark.parametrize("change", [(b"GET", b"POST"), (b"/sse?", b"/sse/x?")])
async def test_what_only_looks_like_a_stream_is_answered_over_http(change: tuple[bytes, bytes]) -> None:
    server = Server()
    asking, _ = server.connect()
    asking.data_received(STREAM.replace(*change))
    async with asyncio.timeout(5):
        await server.answered.wait()
    assert not server.live.who
    asking.connection_lost(None)


async def test_in_a_storm_a_request_waits_its_turn_and_is_read_whole() -> None:
    server = Server()
    asking, pipe = server.connect()
    server.live.busy = True
    for at in range(0, len(ASK), 50):
        asking.data_received(ASK[at : at + 50])
    assert server.live.waiting == [asking] and pipe.paused and not server.live.who
    assert not len(server.heads), "whoever waits for us is not late"
    asking.heard()
    assert server.live.who == [asking] and not len(server.heads)


async def test_a_refusal_is_a_problem_document_over_http() -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(ASK)
    asking.refuse(Problem(429, "rate_limited", "One at a time.", retry_after_ms=1_500))
    head, _, body = pipe.written.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 429 ") and b"retry-after: 2" in head and b"One at a time." in body
    assert pipe.closed


@pytest.mark.parametrize("trusted", ["", "10.0.0.1", "10.9.9.9"])
async def test_a_proxy_that_is_trusted_says_where_the_client_is_and_over_what_it_came(trusted: str) -> None:
    server = Server(trusted)
    asking, _ = server.connect()
    asking.data_received(
        ASK.replace(b"\r\n\r\n", b"\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n")
    )
    scope = asking.asked()
    assert scope["scheme"] == ("wss" if trusted == "10.0.0.1" else "ws")
    assert scope["client"][0] == ("192.0.2.7" if trusted == "10.0.0.1" else "10.0.0.1")
    assert scope["query_string"] == b"ticket=t1"


@pytest.mark.parametrize("change", [(b"/ws?", b"/elsewhere?"), (b"Upgrade: websocket", b"Upgrade: h2c")])
async def test_other_upgrades_are_answered_over_http(change: tuple[bytes, bytes]) -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(ASK.replace(*change))
    async with asyncio.timeout(5):
        await server.answered.wait()
    assert b" 204 " in pipe.written
    assert not server.live.who
    assert server.scopes[0]["client"] == ("10.0.0.1", 4_000) and server.scopes[0]["server"] == ("10.0.0.2", 80)
    asking.connection_lost(None)


async def test_a_head_that_does_not_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    silent, dripping, quick = (server.connect() for _ in range(3))
    dripping[0].data_received(b"GET / HTTP/1.1\r\nHost: consult.example\r\n")
    quick[0].data_received(b"GET / HTTP/1.1\r\nHost: consult.example\r\n\r\n")
    server.heads.look()
    assert not silent[1].closed and not dripping[1].closed
    later_s = asyncio.get_running_loop().time() + HEAD_S
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: later_s)
    dripping[0].data_received(b"X-More: 1\r\n")
    server.heads.look()
    assert (silent[1].aborted, dripping[1].aborted, quick[1].aborted) == (True, True, False)
    quick[0].connection_lost(None)


async def test_a_head_that_is_too_long_is_refused() -> None:
    server = Server()
    asking, pipe = server.connect()
    asking.data_received(b"GET / HTTP/1.1\r\n")
    for _ in range(HEAD_BYTES // 1_000):
        assert not pipe.closed
        asking.data_received(b"X-More: " + b"x" * 1_000 + b"\r\n")
    assert pipe.closed and pipe.written.startswith(b"HTTP/1.1 431 ")
