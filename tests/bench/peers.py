"""Servers that the load generator is tried on: each runs in threads while its context lasts."""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Any, Final

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

UPGRADE: Final = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"

LETTERS: Final = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")
DIGITS: Final = {letter: digit for digit, letter in LETTERS.items()}

Handler = Callable[[ServerConnection], None]


def stamp(number: int, ago_ms: float = 0) -> str:
    """A stamp of a message that was planned a while ago, though not before this machine was started."""
    return "@@" + f"{time.monotonic_ns() - round(ago_ms * 1e6):016x}{number:08x}".translate(LETTERS)


def number_of(text: str) -> int:
    """The number in a stamp."""
    found = re.search("@@[g-v]{16}([g-v]{8})", text)
    assert found is not None
    return int(found[1].translate(DIGITS), 16)


class Rooms:
    """A server of one room: whoever joined gets what anybody posts, as often as `copies` says, and posts are acked."""

    def __init__(self, copies: Callable[[int], int] = lambda _: 1) -> None:
        self.requests: list[Request] = []
        self.sources: set[str] = set()
        self.got: list[dict[str, Any]] = []
        self._copies = copies
        self._joined: list[ServerConnection] = []
        self._lock = threading.Lock()
        self._seq = 0

    def __call__(self, peer: ServerConnection) -> None:
        assert peer.request is not None
        with self._lock:
            self.requests.append(peer.request)
            self.sources.add(peer.remote_address[0])
        with suppress(ConnectionClosed):
            for message in peer:
                with self._lock:
                    self._take(peer, json.loads(message))
        with self._lock:
            self._joined = [other for other in self._joined if other is not peer]

    def _take(self, peer: ServerConnection, frame: dict[str, Any]) -> None:
        self.got.append(frame)
        match frame["t"]:
            case "join":
                peer.send(json_of(t="joined", text=stamp(0), seq=self._seq, check=f"c{self._seq}"))
                peer.send(json_of(t="caught_up"))
                self._joined.append(peer)
            case "post":
                self._seq += 1
                peer.send(json_of(t="ack", re=frame["id"], seq=self._seq))
                event = json_of(t="event", seq=self._seq, check=f"c{self._seq}", text=frame["text"])
                for other in self._joined * self._copies(number_of(frame["text"])):
                    send(other, event)
            case "seen":
                pass
            case "leave":
                peer.close(4408)
            case _:
                peer.send(json_of(t="error", re=frame.get("id"), code="unknown_kind"))


def json_of(**frame: object) -> str:
    """A frame as the server writes it: compact, `t` first."""
    return json.dumps(frame, separators=(",", ":"))


def send(peer: ServerConnection, text: str) -> None:
    """Send, where somebody is still there."""
    with suppress(ConnectionClosed):
        peer.send(text)


@contextmanager
def serving(handler: Handler, refuse: HTTPStatus | None = None) -> Iterator[int]:
    """A WebSocket server; its port."""

    def answered(peer: ServerConnection, _: Request) -> Response | None:
        return None if refuse is None else peer.respond(refuse, "")

    with serve(
        handler,
        "127.0.0.1",
        0,
        select_subprotocol=lambda _, offered: offered[0] if offered else None,
        process_request=answered,
        compression=None,
        close_timeout=1,
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.socket.getsockname()[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def listening(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A plain TCP server for one connection; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                talk(peer)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            thread.join()


def frame(opcode: int, payload: bytes, last: bool = True) -> bytes:
    """A frame as a server sends it."""
    size = len(payload)
    if size < 126:
        length = bytes([size])
    elif size < 65_536:
        length = b"\x7e" + size.to_bytes(2, "big")
    else:
        length = b"\x7f" + size.to_bytes(8, "big")
    return bytes([128 * last | opcode]) + length + payload


def until_gone(peer: socket.socket) -> None:
    """Wait until the client has closed its connection."""
    with suppress(ConnectionResetError):
        while peer.recv(4_096):
            pass


def unmasked(peer: socket.socket) -> tuple[int, bytes]:
    """Read one short frame of a client: its opcode and payload."""
    first, size = peer.recv(2, socket.MSG_WAITALL)
    assert size & 128
    key = peer.recv(4, socket.MSG_WAITALL)
    payload = peer.recv(size & 127, socket.MSG_WAITALL)
    return first & 15, bytes(byte ^ key[at % 4] for at, byte in enumerate(payload))
