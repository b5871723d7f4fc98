"""One WebSocket, after the upgrade: bytes to frames and back, at the cost of one small object; and its seats.

No task, queue or timer belongs to a connection. The sans-I/O parser of `websockets` is lent to a connection while it
is in the middle of a message; an idle reader costs a transport and this object.
"""

import asyncio
from typing import Final, Protocol, cast

from websockets.exceptions import ProtocolError
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import SERVER
from websockets.protocol import Protocol as Parser

from realtime.errors import BadFrame, NotAFrame
from realtime.frames import server_frame
from realtime.rates import Bucket
from realtime.rooms.copies import Audience
from realtime.rooms.people import Mode, Person
from realtime.wire import FRAME_BYTES, ClientFrame, Encoding, Error, decode, encode
from realtime.wire import Frame as WireFrame

HIGH_WATER_BYTES = 16_384
MOST_UNSENT_BYTES = 262_144
MOST_LENT = 64
PIECE_BYTES = 4_096
BURST_S = 3.0

_lent: Final[list[Parser]] = []


def _wire_bytes(payload: int) -> int:
    """The size of a client's frame (RFC 6455 §5.2). One that was sent longer than need be only keeps its parser."""
    return payload + (6 if payload < 126 else 8 if payload < 65_536 else 14)


class Listener(Protocol):
    """Who is told what a connection does.

    `frames_per_s`: how many WebSocket frames of any kind a client may send on average: parsing them costs everyone.
    """

    frames_per_s: int

    def opened(self, connection: "Connection") -> None:
        """The connection is up; nothing has been sent yet."""

    def received(self, connection: "Connection", frame: ClientFrame) -> None:
        """A valid frame came."""

    def drained(self, connection: "Connection") -> None:
        """What was written has left: there is room again."""

    def lost(self, connection: "Connection") -> None:
        """The connection is gone."""


class Connection(asyncio.Protocol):
    """One WebSocket of one person, holding any number of seats by room id."""

    __slots__ = (
        "_closing",
        "_fragments",
        "_listener",
        "_opcode",
        "_parser",
        "_unparsed",
        "allowance",
        "bucket",
        "busy",
        "encoding",
        "expires_at",
        "heard_at",
        "paused_at",
        "person",
        "seats",
        "session",
        "transport",
        "waiting",
    )

    def __init__(
        self, listener: Listener, person: Person, *, session: str, expires_at: int, encoding: Encoding
    ) -> None:
        self._listener = listener
        self._parser: Parser | None = None
        self._fragments: list[bytes] | None = None
        self._opcode = Opcode.BINARY
        self._closing = False
        self._unparsed = 0
        self.person = person
        self.session = session
        self.expires_at = expires_at
        self.encoding: Encoding = encoding
        self.bucket: Bucket | None = None
        self.allowance: Bucket | None = None
        self.seats: dict[str, Seat] = {}
        self.heard_at = 0.0
        self.paused_at: float | None = None
        self.busy = False
        self.waiting: list[ClientFrame] | None = None
        self.transport: asyncio.Transport | None = None

    def __repr__(self) -> str:
        return f"<Connection {self.encoding}>"

    @property
    def paused(self) -> bool:
        """Whether the reader is behind with what was written, so that nothing more should be."""
        return self.paused_at is not None

    @property
    def alive(self) -> bool:
        """Whether anything written may still arrive."""
        return self.transport is not None and not self._closing

    def send(self, frame: WireFrame) -> None:
        """Write one frame to this connection alone."""
        self.write(server_frame(encode(frame, self.encoding), self.encoding))

    def write(self, data: bytes) -> None:
        """Write ready-made WebSocket frames."""
        if self.transport is None or self._closing:
            return
        if self.paused_at is not None and self.transport.get_write_buffer_size() > MOST_UNSENT_BYTES:
            # Acks and errors go to a reader who is behind as well, but not without end.
            self.abort()
            return
        self.transport.write(data)

    def ping(self) -> None:
        """Ask the other side for a sign of life (RFC 6455 §5.5.2)."""
        self.write(Frame(Opcode.PING, b"").serialize(mask=False))

    def close(self, code: int, reason: str = "") -> None:
        """Say why and end the connection once that has left; `abort` is for those who do not read."""
        if self.transport is None or self._closing:
            return
        self.transport.write(Frame(Opcode.CLOSE, Close(code, reason).serialize()).serialize(mask=False))
        self._end()

    def abort(self) -> None:
        """End the connection now. What waits in its buffer is dropped."""
        self._closing = True
        if self.transport is not None:
            self.transport.abort()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(high=HIGH_WATER_BYTES)
        self.heard_at = asyncio.get_running_loop().time()
        self._listener.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._parser = None
        self._listener.lost(self)

    def pause_writing(self) -> None:
        self.paused_at = asyncio.get_running_loop().time()

    def resume_writing(self) -> None:
        self.paused_at = None
        self._listener.drained(self)

    def eof_received(self) -> bool:
        return False

    def data_received(self, data: bytes) -> None:
        self.heard_at = asyncio.get_running_loop().time()
        for start in range(0, len(data), PIECE_BYTES):
            if self._closing:
                return
            self._parse(data[start : start + PIECE_BYTES])

    def _parse(self, data: bytes) -> None:
        parser = self._parser
        if parser is None:
            parser = self._parser = _lent.pop() if _lent else Parser(SERVER, max_size=FRAME_BYTES)
            self._unparsed = 0
        self._unparsed += len(data)
        parser.receive_data(data)
        for event in parser.events_received():
            frame = cast(Frame, event)
            self._unparsed -= _wire_bytes(len(frame.data))
            if self._too_many():
                return
            self._frame(parser, frame)
        if self.alive:
            self._answer(parser)
            self._give_back(parser)

    def _too_many(self) -> bool:
        """Whether this frame is one more than a client may send: pings and pieces of messages are counted as well."""
        allowance = self.allowance = self.allowance or Bucket(self._listener.frames_per_s, self.heard_at, BURST_S)
        if not allowance.take(self.heard_at):
            return False
        self.close(4429, "over the rate limit for too long")
        if self.paused:
            self.abort()
        return True

    def _give_back(self, parser: Parser) -> None:
        """Between two messages a connection needs no parser: the next one that has something to read takes it."""
        if self._unparsed == 0 and self._fragments is None and self.alive:
            self._parser = None
            if len(_lent) < MOST_LENT:
                _lent.append(parser)

    def _answer(self, parser: Parser) -> None:
        """Send what the parser has to say by itself: pongs, the answer to a close, the reason of a failure."""
        if output := parser.data_to_send():
            self.write(b"".join(output))
        if parser.parser_exc is not None or parser.close_rcvd is not None:
            self._end()

    def _end(self) -> None:
        self._closing = True
        if self.transport is not None:
            self.transport.close()

    def _frame(self, parser: Parser, frame: Frame) -> None:
        if not self.alive:
            return
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._opcode = frame.opcode
            self._fragments = [bytes(frame.data)]
        elif frame.opcode is Opcode.CONT and self._fragments is not None:
            if frame.data:  # a list of nothings would grow without coming nearer to any limit
                self._fragments.append(bytes(frame.data))
        else:
            return
        if frame.fin:
            message = b"".join(self._fragments)
            self._fragments = None
            self._message(parser, message)

    def _message(self, parser: Parser, message: bytes) -> None:
        try:
            if self._opcode is Opcode.TEXT:
                message.decode()
            if (self._opcode is Opcode.TEXT) != (self.encoding == "json"):
                raise NotAFrame("msgpack frames travel as binary messages, JSON frames as text.")
            frame = decode(message, self.encoding)
        except UnicodeDecodeError:
            self._fail(parser, 1007, "text that is not UTF-8")
        except NotAFrame as error:
            self._fail(parser, 4400, str(error))
        except BadFrame as error:
            self.send(Error(re=error.re, code=error.code, message=str(error)))
        else:
            self._listener.received(self, frame)

    def _fail(self, parser: Parser, code: int, reason: str) -> None:
        try:
            parser.fail(code, reason)
        except ProtocolError:
            self.abort()
            return
        self._answer(parser)
        self._end()


class Seat:
    """One connection in one room: everything up to `cursor` has been written to it. `since` is Unix ms."""

    __slots__ = ("catching_up", "connection", "cursor", "fetching", "mode", "room", "seen", "since")

    def __init__(self, connection: Connection, room: str, mode: Mode, cursor: int, since: int) -> None:
        self.connection = connection
        self.room = room
        self.mode: Mode = mode
        self.cursor = cursor
        self.since = since
        self.seen = 0
        self.catching_up = True
        self.fetching = False

    @property
    def person(self) -> Person:
        """Who sits here."""
        return self.connection.person

    @property
    def audience(self) -> Audience:
        """Whose copy this seat gets."""
        return "observers" if self.mode == "observe" else "contributors"
