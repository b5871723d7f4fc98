"""Frames as dictionaries, and the WebSocket messages that carry them: msgpack in binary ones, JSON in text ones."""

import json
from collections.abc import Callable
from typing import Any, Final, Literal

import msgpack

from client.errors import ProtocolError

Frame = dict[str, Any]
Encoding = Literal["msgpack", "json"]

SUBPROTOCOLS: Final[dict[Encoding, str]] = {"msgpack": "curbside.v1.msgpack", "json": "curbside.v1.json"}
FRAME_BYTES: Final = 65_536
"""The most that a server takes in one frame. It ends the connection of whoever sends more."""


def encode(frame: Frame, encoding: Encoding) -> bytes | str:
    """The message for `frame`: bytes go as binary, str as text. Raises `TypeError`, `ValueError` for what has none."""
    return _encoders[encoding](frame)


def decode(message: bytes | str, encoding: Encoding) -> Frame:
    """The frame in `message`. Raises `ProtocolError` where it is not a map with `t`."""
    try:
        frame = _decoders[encoding](message)
    except (ValueError, TypeError, msgpack.exceptions.UnpackException):
        raise ProtocolError(f"The server sent a message that is not {encoding}.") from None
    if not isinstance(frame, dict) or not isinstance(frame.get("t"), str):
        raise ProtocolError("The server sent a frame without `t`.")
    return frame


def size_bytes(frame: Frame) -> int:
    """How long the longest message for `frame` is: whatever was chosen, it may go as JSON. Raises as `encode`."""
    return max(len(msgpack.packb(frame)), len(_json(frame).encode()))


def _json(frame: Frame) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


_encoders: Final[dict[Encoding, Callable[[Frame], bytes | str]]] = {"msgpack": msgpack.packb, "json": _json}
_decoders: Final[dict[Encoding, Callable[[bytes | str], Any]]] = {"msgpack": msgpack.unpackb, "json": json.loads}
