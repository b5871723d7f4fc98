"""The line to the server, kept up: connect, greet, beat, notice silence, come back later."""

import asyncio
import logging
import ssl
from collections.abc import Coroutine, Sequence
from itertools import cycle
from typing import Any, Final, Protocol

from client.backoff import Backoff
from client.errors import ClientError, ProtocolError, SignInRefused
from client.frames import Encoding, Frame, encode
from client.line import Line, LineClosed, LineRefused
from client.signin import SignIn
from client.socket_line import SocketLine
from client.stream_line import StreamLine
from client.way import Way

GREETED_WITHIN_S: Final = 10.0
BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses that say: later."""
UNKNOWN: Final = 401
FORBIDDEN: Final = 403

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
    """One line at a time to one of several addresses of the same server, tried in turn.

    It is a WebSocket, in `encoding`; where a network lets none pass, an event stream with posts, which is of JSON.
    """

    def __init__(self, urls: Sequence[str], sign_in: SignIn, encoding: Encoding, backoff: Backoff) -> None:
        self._urls = cycle(urls)
        self._sign_in = sign_in
        self._encoding = encoding
        self._backoff = backoff
        self._way = Way()
        self._greeted = False
        self._outgoing: asyncio.Queue[bytes | str] | None = None
        self._spoken: Encoding = encoding
        self._bye_s: float | None = None

    def send(self, frame: Frame) -> None:
        """Send `frame` after those before it, or drop it while there is no connection."""
        if self._outgoing is not None:
            self._outgoing.put_nowait(encode(frame, self._spoken))

    async def run(self, receiver: Receiver) -> None:
        """Stay connected until cancelled. Raises `SignInRefused`, `ProtocolError`, and what `receiver` raises."""
        for url in self._urls:
            self._bye_s, self._greeted = None, False
            streams = self._way.choose()
            try:
                await self._connection(url, receiver, streams=streams)
            except (LineClosed, LineRefused, OSError, TimeoutError) as error:
                _raise_if_final(error, streams=streams)
                self._learn(error)
                delay_s = self._backoff.delay_s() if self._bye_s is None else self._bye_s
                log.info("no connection (%s), next try in %.1f s", error, delay_s)
                await asyncio.sleep(delay_s)

    async def _connection(self, url: str, receiver: Receiver, *, streams: bool) -> None:
        line: Line
        if streams:
            line = await StreamLine.open(url, self._sign_in)
        else:
            line = await SocketLine.open(url, self._sign_in, self._encoding)
        try:
            await self._talk(line, receiver)
        finally:
            await line.close()

    async def _talk(self, line: Line, receiver: Receiver) -> None:
        async with asyncio.timeout(GREETED_WITHIN_S):
            welcome = await line.receive()
        if welcome["t"] != "welcome":
            raise ProtocolError("The server's first frame was no `welcome`.")
        self._greeted = True
        self._way.greeted()
        heartbeat_s = float(welcome["heartbeat_s"])
        self._outgoing, self._spoken = asyncio.Queue(), line.encoding
        try:
            receiver.connected(welcome)
            await _first_end(
                self._read(line, receiver, heartbeat_s),
                self._write(line, self._outgoing),
                self._beat(heartbeat_s),
            )
        finally:
            self._outgoing = None
            receiver.disconnected()

    async def _read(self, line: Line, receiver: Receiver, heartbeat_s: float) -> None:
        now_s = asyncio.get_running_loop().time
        since_s = now_s()
        try:
            async with asyncio.timeout(2 * heartbeat_s) as silence:
                while True:
                    frame = await line.receive()
                    silence.reschedule(now_s() + 2 * heartbeat_s)
                    self._took(frame, receiver)
        except TimeoutError:
            line.abort()
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

    async def _write(self, line: Line, outgoing: asyncio.Queue[bytes | str]) -> None:
        while True:
            messages = [await outgoing.get()]
            while not outgoing.empty():
                messages.append(outgoing.get_nowait())
            await line.send(messages)

    async def _beat(self, heartbeat_s: float) -> None:
        while True:
            await asyncio.sleep(heartbeat_s)
            self.send({"t": "ping"})

    def _learn(self, error: Exception) -> None:
        """Of a line that led to no greeting: whether that may be the network's doing."""
        if self._greeted:
            return
        match error:
            case LineRefused(status=status) if status in BUSY:
                pass
            case LineRefused(ours=ours):
                self._way.failed(surely=not ours)
            case LineClosed() | TimeoutError():
                self._way.failed()


async def _first_end(*parts: Coroutine[Any, Any, None]) -> None:
    """Run `parts` until the first ends, and end the others. Raises what it raised."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if task in done:
            task.result()


def _raise_if_final(error: Exception, *, streams: bool) -> None:
    """Return where another try may succeed. What is not our server's answer to a WebSocket may be a network's."""
    match error:
        case LineClosed(code=code) if code in FINAL_CLOSES:
            kind, message = FINAL_CLOSES[code]
            raise kind(message) from None
        case LineRefused(status=status) if status in BUSY:
            return
        case LineRefused(status=status, ours=ours) if status != UNKNOWN and not (ours or streams):
            return
        case LineRefused(status=status) if status in (UNKNOWN, FORBIDDEN):
            raise SignInRefused(f"The server refused the sign-in (HTTP {status}).") from None
        case LineRefused(status=status):
            raise ProtocolError(f"The server lets nobody connect there (HTTP {status}). Check its address.") from None
        case ssl.SSLCertVerificationError():
            raise error
