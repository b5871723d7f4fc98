"""The frame of a client that has begun and not ended (RFC 6455 §5.2): where it ends, and what has come of its text."""

from itertools import pairwise
from typing import Final

from websockets.frames import Opcode
from websockets.utils import apply_mask

MASK_BYTES: Final = 4
_RSV: Final = 0x70
_LENGTH_BYTES: Final = {126: 2, 127: 8}


class Partial:
    """The bytes since the last frame ended. The library's parser keeps them too, but does not show them."""

    __slots__ = ("_raw",)

    def __init__(self) -> None:
        self._raw = bytearray()

    @property
    def empty(self) -> bool:
        """Whether the last frame has ended and no other has begun."""
        return not self._raw

    def cut(self, data: bytes) -> list[bytes]:
        """`data` in pieces, each but the last to the end of a frame; what is left after the last end is kept."""
        if not self._raw and _end(data, 0) == len(data):
            return [data]  # one frame, as nearly all that comes
        had, end, ends = len(self._raw), 0, [0]
        self._raw += data
        while (end := _end(self._raw, end)) <= len(self._raw):
            ends.append(end - had)
        del self._raw[: ends[-1] + had if len(ends) > 1 else 0]
        return [data[start:stop] for start, stop in pairwise([*ends, len(data)]) if start < stop]

    def is_text(self, in_text: bool) -> bool:
        """Whether it carries text, uncompressed; `in_text`: a text message goes on."""
        if len(self._raw) < 2 or self._raw[0] & _RSV:
            return False
        opcode = self._raw[0] & 0x0F
        return opcode == Opcode.TEXT or (opcode == Opcode.CONT and in_text)

    def payload(self, start: int) -> bytes:
        """What has come of its payload from `start` on, unmasked."""
        header = _header_bytes(self._raw, 0)
        if header is None or len(self._raw) <= header + start:
            return b""
        mask = bytes(self._raw[header - MASK_BYTES : header])
        turn = start % MASK_BYTES
        return apply_mask(bytes(self._raw[header + start :]), mask[turn:] + mask[:turn])


def _header_bytes(raw: bytes | bytearray, start: int) -> int | None:
    """The size of the header that begins at `start`; None where it has not come whole."""
    if len(raw) < start + 2:
        return None
    size = 2 + _LENGTH_BYTES.get(raw[start + 1] & 0x7F, 0) + MASK_BYTES
    return size if len(raw) >= start + size else None


def _end(raw: bytes | bytearray, start: int) -> int:
    """Where the frame that begins at `start` ends: beyond all that has come where its header has not come whole."""
    header = _header_bytes(raw, start)
    if header is None:
        return len(raw) + 1
    length = raw[start + 1] & 0x7F
    if length in _LENGTH_BYTES:
        length = int.from_bytes(raw[start + 2 : start + 2 + _LENGTH_BYTES[length]], "big")
    return start + header + length
