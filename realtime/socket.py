"""One WebSocket, after the upgrade: bytes to frames and back, at the cost of one small object; and its seats.

No task, queue, timer or parser belongs to a connection: an idle reader costs a transport and this object.
"""

import asyncio
from typing import Final, Protocol, cast

from websockets.exceptions import ProtocolError
from websockets.frames import Frame, Opcode

from realtime.closing import TOO_OFTEN
from realtime.errors import BadFrame, NotAFrame
from realtime.frames import Form, form
from realtime.observing import Stretch
from realtime.parsing import Message, Parsing, Ping, lend, take_back
from realtime.rooms.copies import Audience
from realtime.rooms.people import Mode, Person
from realtime.wire.client import ClientFrame
from realtime.wire.encoding import decode
from realtime.wire.frame import Encoding
from realtime.wire.frame import Frame as WireFrame
from realtime.wire.server import Error

# The kernel holds what it may (`TCP_NOTSENT_LOWAT` on the listener); a reader for whom it takes no more is behind.
HIGH_WATER_BYTES: Final = 0
MOST_UNSENT_BYTES: Final = 262_144
PIECE_BYTES: Final = 4_096
# The answer to a ping (RFC 6455 §5.5.3): a whole frame, masked, with no payload. Four bytes of mask follow.
_PONG: Final = b"\x8a\x80"
PONG_BYTES: Final = 6


class Listener(Protocol):
    """Who is told what a connection does."""

    def allows(self, connection: "Connection") -> bool:
        """Whether its person may send one more frame, of any kind: parsing them costs everyone."""

    def opened(self, connection: "Connection") -> None:
        """The connection is up; nothing has been sent yet."""

    def received(self, connection: "Connection", frame: ClientFrame) -> None:
        """A valid frame came."""

    def drained(self, connection: "Connection") -> None:
        """What was written has left: there is room again."""

    def lost(self, connection: "Connection") -> None:
        """The connection is gone."""


class Connection(asyncio.Protocol):
    """One WebSocket of one person at a network `address`, holding any number of seats by room id."""

    __slots__ = (
        "_closing",
        "_listener",
        "_parsing",
        "_seats",
        "address",
        "busy",
        "expires_at",
        "form",
        "heard_at",
        "paused_at",
        "person",
        "reads_only",
        "session",
        "transport",
        "waiting",
    )

    def __init__(
        self,
        listener: Listener,
        person: Person,
        *,
        session: str,
        expires_at: int,
        encoding: Encoding,
        deflate: bool = False,
        reads_only: bool = False,
        address: str = "",
    ) -> None:
        self._listener = listener
        self._parsing: Parsing | None = None
        self._closing = False
        self.person = person
        self.session = session
        self.reads_only = reads_only
        self.address = address
        self.expires_at = expires_at
        self.form: Form = form(encoding, deflate)
        self._seats: Seat | dict[str, Seat] | None = None
        self.heard_at = 0.0
        self.paused_at: float | None = None
        self.busy = False
        self.waiting: list[ClientFrame] | None = None
        self.transport: asyncio.Transport | None = None

    def __repr__(self) -> str:
        return f"<Connection {self.form}>"

    @property
    def key(self) -> str | None:
        """With what frames for it are posted; None where they come over itself."""
        return None

    @property
    def seats(self) -> "list[Seat]":
        """Its seats, of any rooms. Most have one, and no need of a dict for it."""
        if isinstance(self._seats, dict):
            return list(self._seats.values())
        return [] if self._seats is None else [self._seats]

    def seat(self, room: str) -> "Seat | None":
        """Its seat in this room."""
        if isinstance(self._seats, dict):
            return self._seats.get(room)
        return self._seats if self._seats is not None and self._seats.room == room else None

    def sit(self, seat: "Seat") -> None:
        """Take a seat; the one that it had in this room is forgotten."""
        self.stand_up(seat.room)
        if self._seats is None:
            self._seats = seat
        elif isinstance(self._seats, dict):
            self._seats[seat.room] = seat
        else:
            self._seats = {self._seats.room: self._seats, seat.room: seat}

    def stand_up(self, room: str) -> None:
        """Forget the seat in this room, if there is one."""
        if isinstance(self._seats, dict):
            self._seats.pop(room, None)
        elif self.seat(room) is not None:
            self._seats = None

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
        self.write(self.form.made(frame))

    def write(self, data: bytes) -> None:
        """Write ready-made frames of its form."""
        if self.transport is None or self._closing:
            return
        if self.paused_at is not None and self.transport.get_write_buffer_size() > MOST_UNSENT_BYTES:
            # Acks and errors go to a reader who is behind as well, but not without end.
            self.abort()
            return
        self.transport.write(data)

    def ping(self) -> None:
        """Ask the other side for a sign of life."""
        self.write(self.form.ping)

    def close(self, code: int, reason: str = "") -> None:
        """Say why and end the connection once that has left; `abort` is for those who do not read."""
        if self.transport is None or self._closing:
            return
        self.transport.write(self.form.closing(code, reason))
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
        self._parsing = None
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
        if len(data) == PONG_BYTES and data.startswith(_PONG) and self._parsing is None:
            return  # what thousands of idle readers send, and all they send: it needs no parser
        for start in range(0, len(data), PIECE_BYTES):
            if self._closing:
                return
            self._parse(data[start : start + PIECE_BYTES])

    def _parse(self, data: bytes) -> None:
        parsing = self._parsing = self._parsing or self._lent()
        try:
            for taken in parsing.received(data):
                if self._too_many():
                    return
                if taken is not None and self.alive:
                    self._take(parsing, taken)
        except UnicodeDecodeError:
            self._fail(parsing, 1007, "text that is not UTF-8")
        if self.alive:
            self._answer(parsing)
        if self.alive and parsing.between_messages:
            self._parsing = None
            take_back(parsing)

    def _lent(self) -> Parsing:
        return lend(self.form.deflate)

    def _too_many(self) -> bool:
        """Whether this frame is one more than a client may send: pings and pieces of messages are counted as well."""
        if self._listener.allows(self):
            return False
        self.close(*TOO_OFTEN)
        if self.paused:
            self.abort()
        return True

    def _answer(self, parsing: Parsing) -> None:
        """Send what the parser has to say by itself: the answer to a close, the reason of a failure.

        That is said once: however far behind the reader is, it does not cost them what they have still to read.
        """
        if (output := parsing.parser.data_to_send()) and self.transport is not None:
            self.transport.write(b"".join(output))
        if parsing.parser.parser_exc is not None or parsing.parser.close_rcvd is not None:
            self._end()

    def _end(self) -> None:
        self._closing = True
        if self.transport is not None:
            self.transport.close()

    def _take(self, parsing: Parsing, taken: Message | Ping) -> None:
        if isinstance(taken, Ping):
            self.write(Frame(Opcode.PONG, taken.payload).serialize(mask=False))
        else:
            self._message(parsing, taken)

    def _message(self, parsing: Parsing, message: Message) -> None:
        try:
            if message.text != (self.form.encoding == "json"):
                raise NotAFrame("msgpack frames travel as binary messages, JSON frames as text.")
            self._hear(message.payload)
        except NotAFrame as error:
            self._fail(parsing, 4400, str(error))

    def _hear(self, payload: bytes) -> None:
        """Pass on the frame in `payload`, or say what is wrong with it. Raises `NotAFrame`."""
        try:
            frame = decode(payload, self.form.encoding)
        except BadFrame as error:
            self.send(Error(re=error.re, code=error.code, message=str(error)))
        else:
            self._listener.received(self, frame)

    def _fail(self, parsing: Parsing, code: int, reason: str) -> None:
        try:
            parsing.parser.fail(code, reason)
        except ProtocolError:
            self.abort()
            return
        self._answer(parsing)
        self._end()


class Seat:
    """One connection in one room: everything up to `cursor` has been written to it. `since` is Unix ms.

    `seated`: whether the room counts it in; a seat that was given back or taken away is sent nothing more.
    `stretch`: the record of what an observer is shown here.
    """

    __slots__ = (
        "catching_up",
        "connection",
        "cursor",
        "fetching",
        "mode",
        "room",
        "seated",
        "seen",
        "since",
        "stretch",
    )

    def __init__(
        self,
        connection: Connection,
        room: str,
        mode: Mode,
        cursor: int,
        since: int,
        stretch: Stretch | None = None,
    ) -> None:
        self.connection = connection
        self.room = room
        self.mode: Mode = mode
        self.cursor = cursor
        self.since = since
        self.seated = False
        self.seen = 0
        self.catching_up = True
        self.fetching = False
        self.stretch = stretch

    @property
    def person(self) -> Person:
        """Who sits here."""
        return self.connection.person

    @property
    def audience(self) -> Audience:
        """Whose copy this seat gets."""
        return "observers" if self.mode == "observe" else "contributors"
