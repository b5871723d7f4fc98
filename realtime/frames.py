"""Ready-made frames of a WebSocket or an event stream: bytes written as they are, to one reader or to thousands."""

from collections.abc import Callable
from typing import Final

import msgspec
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Close, Opcode
from websockets.frames import Frame as WebSocketFrame

from realtime.wire.encoding import encode
from realtime.wire.frame import SUBPROTOCOLS, Encoding, Frame

# Below this, what is saved is less than what the call costs.
DEFLATED_BYTES: Final = 256
# The widest window there is; its memory is held while one message is compressed or read, not longer.
WINDOW_BITS: Final = 15


class Form:
    """How a connection takes its frames: the encoding, and whether long ones are compressed (RFC 7692).

    There is one object for each form, so that it serves as a key. Nothing is kept from one frame to the next (no
    context takeover): that makes a compressed frame the same bytes for every reader, and costs no memory per seat.
    """

    __slots__ = ("_opcode", "deflate", "encoding")

    ping = WebSocketFrame(Opcode.PING, b"").serialize(mask=False)
    """Asks the other side for a sign of life (RFC 6455 §5.5.2)."""

    def __init__(self, encoding: Encoding, deflate: bool) -> None:
        self.encoding: Encoding = encoding
        self.deflate = deflate
        self._opcode = Opcode.TEXT if encoding == "json" else Opcode.BINARY

    def __repr__(self) -> str:
        return f"<Form {self.encoding}{', deflate' if self.deflate else ''}>"

    def frame(self, payload: bytes) -> bytes:
        """`payload` as one complete WebSocket frame. Server frames are unmasked: the same bytes serve everyone."""
        frame = WebSocketFrame(self._opcode, payload)
        plain = frame.serialize(mask=False)
        if not self.deflate or len(payload) < DEFLATED_BYTES:
            return plain
        deflate = PerMessageDeflate(True, True, WINDOW_BITS, WINDOW_BITS)
        return min(frame.serialize(mask=False, extensions=[deflate]), plain, key=len)

    def made(self, frame: Frame) -> bytes:
        """`frame`, encoded and complete."""
        return self.frame(encode(frame, self.encoding))

    def closing(self, code: int, reason: str) -> bytes:
        """What is written last, and says why."""
        return WebSocketFrame(Opcode.CLOSE, Close(code, reason).serialize()).serialize(mask=False)


class Streamed(Form):
    """The same for an event stream (HTML §9.2): one event a frame, in JSON, which breaks no line."""

    __slots__ = ()

    # A comment: it is no event, and keeps whoever lies between from taking the line for dead.
    ping = b":\n\n"

    def __init__(self) -> None:
        super().__init__("json", False)

    def __repr__(self) -> str:
        return "<Form json, streamed>"

    def frame(self, payload: bytes) -> bytes:
        """`payload` as one event."""
        return b"data: %b\n\n" % payload

    def closing(self, code: int, reason: str) -> bytes:
        """The event `close`: a stream has no close code of its own."""
        return b"event: close\n" + self.frame(msgspec.json.encode({"code": code, "reason": reason}))


FORMS: Final[dict[tuple[Encoding, bool], Form]] = {
    (encoding, deflate): Form(encoding, deflate) for encoding in SUBPROTOCOLS.values() for deflate in (False, True)
}
STREAMED: Final = Streamed()


def form(encoding: Encoding, deflate: bool = False) -> Form:
    """The one form of this encoding, with or without compression."""
    return FORMS[encoding, deflate]


def shared(frame: Frame) -> Callable[[Form], bytes]:
    """Gives the bytes of `frame`, made once per form, on first need."""
    made: dict[Form, bytes] = {}

    def of(form: Form) -> bytes:
        if form not in made:
            made[form] = form.made(frame)
        return made[form]

    return of
