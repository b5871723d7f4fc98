"""Ready-made WebSocket frames: bytes that are written as they are, to one reader or to thousands."""

from collections.abc import Callable

from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from realtime.wire import Encoding, Frame, encode


def server_frame(payload: bytes, encoding: Encoding) -> bytes:
    """`payload` as one complete WebSocket frame. Server frames are unmasked, so the same bytes serve every reader."""
    opcode = Opcode.TEXT if encoding == "json" else Opcode.BINARY
    return WebSocketFrame(opcode, payload).serialize(mask=False)


def shared(frame: Frame) -> Callable[[Encoding], bytes]:
    """Gives the bytes of `frame`, made once per encoding, on first need."""
    made: dict[Encoding, bytes] = {}

    def of(encoding: Encoding) -> bytes:
        if encoding not in made:
            made[encoding] = server_frame(encode(frame, encoding), encoding)
        return made[encoding]

    return of
