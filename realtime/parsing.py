"""What a client sends, from bytes to whole messages, with the sans-I/O parser of `websockets`.

A parser takes more than a kilobyte, so it is lent: a connection that is not in the middle of a message has none.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple, cast

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import SERVER
from websockets.protocol import Protocol as Parser

from realtime.frames import WINDOW_BITS
from realtime.wire.frame import FRAME_BYTES

MOST_LENT: Final = 64

_lent: Final[dict[bool, list["Parsing"]]] = {False: [], True: []}


class Message(NamedTuple):
    """One whole message, uncompressed."""

    payload: bytes
    text: bool


class Parsing:
    """A parser and the message that it is in the middle of. `deflate`: whether messages may come compressed."""

    __slots__ = ("_fragments", "_inflate", "_text", "_unparsed", "deflate", "parser")

    def __init__(self, deflate: bool) -> None:
        self.deflate = deflate
        self.parser = Parser(SERVER, max_size=FRAME_BYTES)
        self._inflate = _Inflate() if deflate else None
        if self._inflate is not None:
            self.parser.extensions = [self._inflate]
        self._fragments: list[bytes] | None = None
        self._text = False
        self._unparsed = 0

    @property
    def between_messages(self) -> bool:
        """Whether nothing is kept here of what the client has sent."""
        return self._unparsed == 0 and self._fragments is None

    def received(self, data: bytes) -> Iterator[Message | None]:
        """The frames that `data` completes: for each the message that ends with it, or None."""
        self._unparsed += len(data)
        self.parser.receive_data(data)
        for event in self.parser.events_received():
            frame = cast(Frame, event)
            self._unparsed -= self._inflate.wire_bytes.pop(0) if self._inflate else _wire_bytes(len(frame.data))
            yield self._message(frame)

    def _message(self, frame: Frame) -> Message | None:
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._text = frame.opcode is Opcode.TEXT
            self._fragments = [bytes(frame.data)]
        elif frame.opcode is Opcode.CONT and self._fragments is not None:
            if frame.data:  # a list of nothings would grow without coming nearer to any limit
                self._fragments.append(bytes(frame.data))
        else:
            return None
        if not frame.fin:
            return None
        message = Message(b"".join(self._fragments), self._text)
        self._fragments = None
        return message


def lend(deflate: bool) -> Parsing:
    """A parser for a connection that has something to read."""
    kept = _lent[deflate]
    return kept.pop() if kept else Parsing(deflate)


def take_back(parsing: Parsing) -> None:
    """It is between two messages, and its connection in good order: another may have it."""
    kept = _lent[parsing.deflate]
    if len(kept) < MOST_LENT:
        kept.append(parsing)


class _Inflate(PerMessageDeflate):
    """The extension without context takeover; it notes how long each frame was on the wire."""

    def __init__(self) -> None:
        super().__init__(True, True, WINDOW_BITS, WINDOW_BITS)
        self.wire_bytes: list[int] = []

    def decode(self, frame: Frame, *, max_size: int | None = None) -> Frame:
        self.wire_bytes.append(_wire_bytes(len(frame.data)))
        return super().decode(frame, max_size=max_size)


def _wire_bytes(payload: int) -> int:
    """The size of a client's frame (RFC 6455 §5.2). One that was sent longer than need be only keeps its parser."""
    return payload + (6 if payload < 126 else 8 if payload < 65_536 else 14)
