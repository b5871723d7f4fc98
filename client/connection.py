"""The WebSocket, kept up: connect, greet, beat, notice silence, come back later."""

import asyncio
import logging
import ssl
from collections.abc import Sequence
from itertools import cycle
from typing import Final, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus
from websockets.typing import Subprotocol

from client.backoff import Backoff
from client.errors import ClientError, ProtocolError, SignInRefused
from client.frames import SUBPROTOCOLS, Encoding, Frame, decode, encode
from client.signin import SignIn

OPEN_WITHIN_S: Final = 10.0
CLOSE_WITHIN_S: Final = 2.0
BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses of a handshake that say: later. Any other refusal is for good."""

FINAL_CLOSES: Final[dict[int, tuple[type[ClientError], str]]] = {
    1002: (ProtocolError, "The server says that this client broke the WebSocket protocol."),
    1007: (ProtocolError, "The server says that this client sent text that is not UTF-8."),
    1009: (ProtocolError, "The server says that this client sent a frame over the limit."),
    4400: (ProtocolError, "The server says that this client sent something that is no frame."),
    4401: (SignInRefused, "The sign-in has expired. Sign in again."),
    4403: (SignInRefused, "This person's access was withdrawn."),
}

log = logging.getLogger("curbside.client")


class Receiver(Protocol):
    """Who is told what comes. Called on the event loop, must not block; an exception ends the connection for good."""

    def connected(self, welcome: Frame) -> None:
        """A connection stands; `send` works from now on."""

    def received(self, frame: Frame) -> None:
        """A frame came, in order; never `welcome`, `pong` or `bye`."""

    def disconnected(self) -> None:
        """The connection is gone: what was sent and not answered may or may not have arrived."""


class Connection:
    """One connection at a time to one of several addresses of the same server, tried in turn."""

    def __init__(self, urls: Sequence[str], sign_in: SignIn, encoding: Encoding, backoff: Backoff) -> None:
        self._urls = cycle(urls)
        self._sign_in = sign_in
        self._encoding = encoding
        self._backoff = backoff
        self._outgoing: asyncio.Queue[bytes | str] | None = None
        self._bye_s: float | None = None

    def send(self, frame: Frame) -> None:
        """Send `frame` after those before it, or drop it while there is no connection."""
        if self._outgoing is not None:
            self._outgoing.put_nowait(encode(frame, self._encoding))

    async def run(self, receiver: Receiver) -> None:
        """Stay connected until cancelled. Raises `SignInRefused`, `ProtocolError`, and what `receiver` raises."""
        for url in self._urls:
            self._bye_s = None
            try:
                await self._connection(url, receiver)
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError) as error:
                _raise_if_final(error)
                delay_s = self._backoff.delay_s() if self._bye_s is None else self._bye_s
                log.info("no connection (%s), next try in %.1f s", type(error).__name__, delay_s)
                await asyncio.sleep(delay_s)

    async def _connection(self, url: str, receiver: Receiver) -> None:
        protocol = SUBPROTOCOLS[self._encoding]
        socket = await connect(
            await self._sign_in.address(url),
            additional_headers=self._sign_in.headers(url),
            subprotocols=[Subprotocol(protocol)],
            open_timeout=OPEN_WITHIN_S,
            close_timeout=CLOSE_WITHIN_S,
            ping_interval=None,  # the protocol has its own
        )
        try:
            if socket.subprotocol != protocol:
                raise ProtocolError(f"The server does not speak {protocol}.")
            await self._talk(socket, receiver)
        finally:
            await socket.close()

    async def _talk(self, socket: ClientConnection, receiver: Receiver) -> None:
        async with asyncio.timeout(OPEN_WITHIN_S):
            welcome = decode(await socket.recv(), self._encoding)
        if welcome["t"] != "welcome":
            raise ProtocolError("The server's first frame was no `welcome`.")
        heartbeat_s = float(welcome["heartbeat_s"])
        self._outgoing = asyncio.Queue()
        tasks = [asyncio.create_task(self._write(socket, self._outgoing)), asyncio.create_task(self._beat(heartbeat_s))]
        try:
            receiver.connected(welcome)
            await self._read(socket, receiver, heartbeat_s)
        finally:
            self._outgoing = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            receiver.disconnected()

    async def _read(self, socket: ClientConnection, receiver: Receiver, heartbeat_s: float) -> None:
        now_s = asyncio.get_running_loop().time
        since_s = now_s()
        try:
            async with asyncio.timeout(2 * heartbeat_s) as silence:
                while True:
                    message = await socket.recv()
                    silence.reschedule(now_s() + 2 * heartbeat_s)
                    self._took(decode(message, self._encoding), receiver)
        except TimeoutError:
            socket.transport.abort()
            raise
        finally:
            if now_s() - since_s >= heartbeat_s:
                self._backoff.reset()

    def _took(self, frame: Frame, receiver: Receiver) -> None:
        match frame["t"]:
            case "pong":
                pass
            case "bye":
                self._bye_s = frame["retry_after_ms"] / 1_000
            case _:
                receiver.received(frame)

    async def _write(self, socket: ClientConnection, outgoing: asyncio.Queue[bytes | str]) -> None:
        while True:
            await socket.send(await outgoing.get())

    async def _beat(self, heartbeat_s: float) -> None:
        while True:
            await asyncio.sleep(heartbeat_s)
            self.send({"t": "ping"})


def _raise_if_final(error: Exception) -> None:
    """Return where another try may succeed."""
    match error:
        case ConnectionClosed(rcvd=close) if close is not None and close.code in FINAL_CLOSES:
            kind, message = FINAL_CLOSES[close.code]
            raise kind(message) from None
        case InvalidStatus(response=response) if response.status_code in (401, 403):
            raise SignInRefused(f"The server refused the sign-in (HTTP {response.status_code}).") from None
        case InvalidStatus(response=response) if response.status_code in BUSY:
            return
        case InvalidMessage():
            return
        case InvalidHandshake():
            raise ProtocolError(f"The server refused the WebSocket: {error}.") from None
        case ssl.SSLCertVerificationError():
            raise error
