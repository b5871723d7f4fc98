"""Frames to bytes and back, in both encodings. Limits and hostile bytes end here."""

import re
from collections.abc import Callable
from typing import Any, Final, get_args

import msgspec

from realtime.errors import BadFrame, NotAFrame
from realtime.rooms.command import Command
from realtime.wire.client import ClientFrame
from realtime.wire.frame import Encoding, Frame

DEPTH: Final = 8
MOST_CONTAINERS: Final = 1_000
KNOWN: Final = frozenset(str(frame.__struct_config__.tag) for frame in get_args(ClientFrame))

_encoders: Final[dict[Encoding, Callable[[Any], bytes]]] = {
    "msgpack": msgspec.msgpack.Encoder().encode,
    "json": msgspec.json.Encoder().encode,
}
_decoders: Final[dict[Encoding, Callable[[bytes], ClientFrame]]] = {
    "msgpack": msgspec.msgpack.Decoder(ClientFrame).decode,
    "json": msgspec.json.Decoder(ClientFrame).decode,
}
_untyped: Final[dict[Encoding, Callable[[bytes], Any]]] = {
    "msgpack": msgspec.msgpack.Decoder().decode,
    "json": msgspec.json.Decoder().decode,
}
_word: Final = re.compile(r"[a-z_]{1,40}")
_quoted_value: Final = re.compile(r"^(Invalid (?:enum )?value) .*(?= - at )", re.DOTALL)
_openers: Final[dict[Encoding, bytes]] = {
    "msgpack": bytes([*range(0x80, 0xA0), 0xDC, 0xDD, 0xDE, 0xDF]),
    "json": b"[{",
}


def encode(frame: Frame | Command, encoding: Encoding) -> bytes:
    """One frame as the payload of one WebSocket message."""
    return _encoders[encoding](frame)


def decode(data: bytes, encoding: Encoding) -> ClientFrame:
    """The frame in `data`. Raises `NotAFrame` or `BadFrame`, never anything else."""
    try:
        frame = _decoders[encoding](data)
        overgrown = _overgrown(data, encoding)
    except Exception as error:  # hostile bytes have more ways to fail than a list of ours would hold
        raise _refused(data, encoding, unquoted(str(error))) from None
    if overgrown:
        limits = f"nest at most {DEPTH} deep and hold at most {MOST_CONTAINERS:,} lists and maps"
        raise BadFrame(f"Frames {limits}. Send a flatter one.", re=getattr(frame, "id", None))
    return frame


def _refused(data: bytes, encoding: Encoding, why: str) -> Exception:
    try:
        value = _untyped[encoding](data)
    except Exception:
        return NotAFrame("That is no frame: send a map with `t`.")
    if not isinstance(value, dict) or not isinstance(value.get("t"), str):
        return NotAFrame("That is no frame: send a map with `t`.")
    name = value.get("id")
    own_id = name if isinstance(name, str) and 0 < len(name) <= 36 else None
    kind = value["t"]
    if kind in KNOWN:
        return BadFrame(f"That `{kind}` is not valid: {why}.", own_id)
    shown = f"`{kind}`" if _word.fullmatch(kind) else "such frame"
    return BadFrame(f"This server takes no {shown}. See the protocol for what it takes.", own_id, "unknown_kind")


def unquoted(why: str) -> str:
    """`why` without the value that was not valid: it may be a patient's, and as long as the frame."""
    return _quoted_value.sub(r"\1", why)


def _overgrown(data: bytes, encoding: Encoding) -> bool:
    """Whether a frame nests too deep or holds too many containers.

    Counting the bytes that may open one is enough for nearly every frame; only the rest is taken apart, and no
    further than the limits reach: walking 65,000 empty lists would hold the loop up for longer than a commit.
    """
    if len(data) - len(data.translate(None, _openers[encoding])) <= DEPTH:
        return False
    depth, seen, level = 0, 0, _containers([_untyped[encoding](data)])
    while level:
        depth, seen = depth + 1, seen + len(level)
        if depth > DEPTH or seen > MOST_CONTAINERS:
            return True
        level = [child for node in level for child in _containers(node)]
    return False


def _containers(node: Any) -> list[Any]:
    children = node.values() if isinstance(node, dict) else node
    return [child for child in children if type(child) is list or type(child) is dict]
