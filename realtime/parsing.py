"""What a client sends, from bytes to whole messages, with the sans-I/O parser of `websockets`.

A parser takes more than a kilobyte, so it is lent: a connection that is not in the middle of a message has none.
"""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Final, NamedTuple, cast

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import SERVER, Protocol

from realtime.frames import WINDOW_BITS
from realtime.partial import Partial
from realtime.wire.frame import FRAME_BYTES

MOST_LENT: Final = 64

_lent: Final[dict[bool, list["Parsing"]]] = {False: [], True: []}
_utf8: Final = getincrementaldecoder("utf-8")


class Message(NamedTuple):
    """One whole message, uncompressed."""

    payload: bytes
    text: bool


class Ping(NamedTuple):
    """A ping that wants an answer (RFC 6455 §5.5.2)."""

    payload: bytes


class Parsing:
    """A parser and the message that it is in the middle of. `deflate`: whether messages may come compressed."""

    __slots__ = ("_checked", "_fragments", "_partial", "_text", "_utf8", "deflate", "parser")

    def __init__(self, deflate: bool, most_bytes: int = FRAME_BYTES) -> None:
        self.deflate = deflate
        self.parser = _Parser(SERVER, max_size=most_bytes)
        if deflate:
            self.parser.extensions = [PerMessageDeflate(True, True, WINDOW_BITS, WINDOW_BITS)]
        self._partial = Partial()
        self._fragments: list[bytes] | None = None
        self._text = False
        self._utf8 = _utf8()
        self._checked = 0

    @property
    def between_messages(self) -> bool:
        """Whether nothing is kept here of what the client has sent."""
        return self._partial.empty and self._fragments is None

    def received(self, data: bytes) -> Iterator[Message | Ping | None]:
        """The frames that `data` completes: for each the message that ends with it, the ping that it is, or None.

        The parser is given the next frame when the last one has been dealt with: what ends the connection comes in its
        place. Raises `UnicodeDecodeError` as soon as a text cannot be UTF-8 any more, in the middle of a frame too
        (RFC 6455 §8.1).
        """
        for piece in self._partial.cut(data):
            self.parser.receive_data(piece)
            for event in self.parser.events_received():
                yield self._taken(cast(Frame, event))
        if self._partial.is_text(self._in_text) and self.parser.parser_exc is None:
            self._check(self._partial.payload(self._checked), final=False)

    @property
    def _in_text(self) -> bool:
        return self._fragments is not None and self._text

    def _taken(self, frame: Frame) -> Message | Ping | None:
        if frame.opcode is Opcode.PING:
            return Ping(bytes(frame.data))
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._text = frame.opcode is Opcode.TEXT
            self._fragments = []
        elif frame.opcode is not Opcode.CONT or self._fragments is None:
            return None
        return self._message(frame)

    def _message(self, frame: Frame) -> Message | None:
        assert self._fragments is not None
        if self._text:
            self._check(bytes(frame.data[self._checked :]), final=frame.fin)
            self._checked = 0
        if frame.data:  # a list of nothings would grow without coming nearer to any limit
            self._fragments.append(bytes(frame.data))
        if not frame.fin:
            return None
        message = Message(b"".join(self._fragments), self._text)
        self._fragments = None
        return message

    def _check(self, payload: bytes, *, final: bool) -> None:
        self._checked += len(payload)
        self._utf8.decode(payload, final)
        if final:
            self._utf8.reset()


class _Parser(Protocol):
    """The library's, but for two things.

    A ping is answered in its place among the messages, not ahead of them or after. A close may come in the middle of a
    message, as any control frame may (RFC 6455 §5.4).
    """

    def recv_frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.PING:
            self.events.append(frame)
            return
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None
        super().recv_frame(frame)


def lend(deflate: bool) -> Parsing:
    """A parser for a connection that has something to read."""
    kept = _lent[deflate]
    return kept.pop() if kept else Parsing(deflate)


def take_back(parsing: Parsing) -> None:
    """It is between two messages, and its connection in good order: another may have it."""
    kept = _lent[parsing.deflate]
    if len(kept) < MOST_LENT:
        kept.append(parsing)
