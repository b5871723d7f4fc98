"""What every frame of `curbside.v1` is: one map with the key `t`, of a bounded size, in one of two encodings."""

from typing import Annotated, Final, Literal

import msgspec

from realtime.rooms.wordless import wordless

FRAME_BYTES: Final = 65_536
POST_BYTES: Final = 2 * FRAME_BYTES
TEXT_CHARS: Final = 8_000

Encoding = Literal["msgpack", "json"]
SUBPROTOCOLS: Final[dict[str, Encoding]] = {"curbside.v1.msgpack": "msgpack", "curbside.v1.json": "json"}

# No further than a JavaScript number is exact; it fits every database's integer.
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Number = Annotated[int, msgspec.Meta(ge=-(2**53 - 1), le=2**53 - 1)]


class Frame(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="t"):
    """One WebSocket message: a map whose key `t` names its kind."""

    __repr__ = wordless
