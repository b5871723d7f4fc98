import json
from typing import Any, get_args

import msgpack
from hypothesis import given
from hypothesis import strategies as st

from realtime.errors import BadFrame, NotAFrame
from realtime.rooms.chain import digest_of_command
from realtime.wire.client import ClientFrame
from realtime.wire.encoding import decode, encode
from realtime.wire.frame import Encoding
from tests.strategies import builtins, plain_values, values_of

FRAMES = st.one_of(*(values_of(frame) for frame in get_args(ClientFrame)))
ENCODINGS = st.sampled_from(get_args(Encoding))
EXTENSIONS = st.builds(msgpack.ExtType, st.integers(0, 127), st.binary(max_size=20))
TIMESTAMPS = st.builds(lambda raw: msgpack.ExtType(127, raw), st.sampled_from([b"\xff" * 4, b"\xff" * 8, b"\xff" * 12]))
ODD_KEYS = (
    st.integers(-(2**63), 2**64 - 1) | st.binary(max_size=4) | st.none() | st.booleans() | st.tuples(st.integers(0, 9))
)


def packed(value: Any, encoding: Encoding) -> bytes:
    """`value` as somebody else's library writes it."""
    if encoding == "json":
        return json.dumps(value, ensure_ascii=False).encode()
    raw: bytes = msgpack.packb(value)
    # 127 stands for -1, the type of timestamps, which the packer would only write from a datetime that is one
    return (
        raw.replace(b"\xd6\x7f", b"\xd6\xff")
        .replace(b"\xd7\x7f", b"\xd7\xff")
        .replace(b"\xc7\x0c\x7f", b"\xc7\x0c\xff")
    )


def told_off(data: bytes, encoding: Encoding) -> ClientFrame | None:
    """The frame, or None where the bytes were refused as the contract says; anything else is a failure."""
    try:
        return decode(data, encoding)
    except NotAFrame as refused:
        assert refused.close_code == 4400
    except BadFrame as refused:
        assert refused.close_code is None
        assert refused.code in ("bad_frame", "unknown_kind")
        assert len(str(refused)) < 300
    return None


@given(FRAMES, ENCODINGS)
def test_a_frame_comes_back_from_its_bytes(frame: ClientFrame, encoding: Encoding) -> None:
    assert decode(encode(frame, encoding), encoding) == frame


@given(FRAMES)
def test_both_encodings_give_the_same_frame_and_the_same_digest(frame: ClientFrame) -> None:
    plain = builtins(frame)
    by_msgpack, by_json = decode(packed(plain, "msgpack"), "msgpack"), decode(packed(plain, "json"), "json")
    assert by_msgpack == by_json == frame
    assert digest_of_command(b"", "ana", by_msgpack) == digest_of_command(b"", "ana", by_json)


@given(FRAMES, st.dictionaries(st.text("xyz_", min_size=2), plain_values(), max_size=3), ENCODINGS)
def test_unknown_fields_change_nothing_or_nest_too_deep(
    frame: ClientFrame, extra: dict[str, Any], encoding: Encoding
) -> None:
    read = told_off(packed(extra | builtins(frame), encoding), encoding)
    assert read in (frame, None)
    if all(not isinstance(value, list | dict) for value in extra.values()):
        assert read == frame


@given(FRAMES, st.data(), ENCODINGS)
def test_a_field_of_another_shape_is_refused_or_fits(
    frame: ClientFrame, data: st.DataObject, encoding: Encoding
) -> None:
    plain = builtins(frame)
    name = data.draw(st.sampled_from(sorted(plain)))
    told_off(packed(plain | {name: data.draw(plain_values())}, encoding), encoding)


@given(FRAMES, st.data(), ENCODINGS)
def test_bytes_that_were_changed_are_refused_or_fit(
    frame: ClientFrame, data: st.DataObject, encoding: Encoding
) -> None:
    raw = bytearray(encode(frame, encoding))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 8)))
        raw[start:end] = data.draw(st.binary(max_size=8))
    told_off(bytes(raw), encoding)


@given(st.binary(max_size=200), ENCODINGS)
def test_bytes_of_any_kind_are_refused_or_fit(raw: bytes, encoding: Encoding) -> None:
    told_off(raw, encoding)


@given(FRAMES, st.lists(st.tuples(ODD_KEYS | st.text(max_size=3), EXTENSIONS | TIMESTAMPS | st.binary()), max_size=4))
def test_what_msgpack_alone_can_say_is_refused_or_ignored(frame: ClientFrame, odd: list[tuple[Any, Any]]) -> None:
    padding: list[list[list[int]]] = [[[]] for _ in range(9)]
    for extra in (odd, [*odd, ("padding", padding)]):
        raw = bytearray(packed(builtins(frame), "msgpack"))
        items = raw[0] - 0x80 if raw[0] < 0xDE else int.from_bytes(raw[1:3], "big")
        body = raw[1:] if raw[0] < 0xDE else raw[3:]
        for key, value in extra:
            body += packed(key, "msgpack") + packed(value, "msgpack")
        told_off(b"\xde" + (items + len(extra)).to_bytes(2, "big") + bytes(body), "msgpack")
