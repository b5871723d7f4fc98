"""Ready-made WebSocket frames: bytes that are written as they are, to one reader or to thousands."""

from collections.abc import Callable
from typing import Final

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

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
        """`frame`, encoded, as one complete WebSocket frame."""
        return self.frame(encode(frame, self.encoding))


FORMS: Final[dict[tuple[Encoding, bool], Form]] = {
    (encoding, deflate): Form(encoding, deflate) for encoding in SUBPROTOCOLS.values() for deflate in (False, True)
}


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
