import json
from typing import Any, get_args

import msgpack
import msgspec
import pytest

from realtime.errors import BadFrame, NotAFrame
from realtime.rooms.commands import AnyCommand, Post
from realtime.rooms.people import By
from realtime.wire.client import ClientFrame, Join, Ping, Seen
from realtime.wire.encoding import DEPTH, KNOWN, MOST_CONTAINERS, decode, encode
from realtime.wire.frame import FRAME_BYTES, SUBPROTOCOLS, TEXT_CHARS, Encoding
from realtime.wire.server import Ack, Entry, Error, EventFrame, Events, Joined, Presence, ServerFrame
from tests.builders import AT, ROOM, ana, opening
from tests.samples import SERVER_FRAMES

POST: dict[str, Any] = {"t": "post", "id": "c1", "room": ROOM, "text": "Give antivenom now."}
ASTRAL = "\U0001f9ec"
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


def packed(value: Any, encoding: Encoding) -> bytes:
    """`value` as somebody else's library writes it."""
    raw: bytes = msgpack.packb(value) if encoding == "msgpack" else json.dumps(value, ensure_ascii=False).encode()
    return raw


def unpacked(raw: bytes, encoding: Encoding) -> Any:
    """What somebody else's library reads."""
    return msgpack.unpackb(raw) if encoding == "msgpack" else json.loads(raw)


def refused(raw: bytes, encoding: Encoding) -> BadFrame:
    with pytest.raises(BadFrame) as refusal:
        decode(raw, encoding)
    return refusal.value


def not_a_frame(raw: bytes, encoding: Encoding) -> NotAFrame:
    with pytest.raises(NotAFrame) as refusal:
        decode(raw, encoding)
    return refusal.value


def test_the_subprotocols_name_both_encodings() -> None:
    assert SUBPROTOCOLS == {"curbside.v1.msgpack": "msgpack", "curbside.v1.json": "json"}
    assert (FRAME_BYTES, TEXT_CHARS, DEPTH) == (65_536, 8_000, 8)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_post_is_read_as_any_client_writes_it(encoding: Encoding) -> None:
    assert decode(packed(POST, encoding), encoding) == Post(id="c1", room=ROOM, text="Give antivenom now.")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_as_is_a_field_of_join(encoding: Encoding) -> None:
    join = {"t": "join", "id": "j", "room": ROOM, "as": "follow", "after": 3, "check": "0" * 16}
    assert decode(packed(join, encoding), encoding) == Join(id="j", room=ROOM, as_="follow", after=3, check="0" * 16)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sign", ["x", "é", "漢", ASTRAL])
def test_a_text_has_at_most_8000_characters_however_many_bytes_they_take(sign: str, encoding: Encoding) -> None:
    frame = decode(packed(POST | {"text": sign * TEXT_CHARS}, encoding), encoding)
    assert isinstance(frame, Post)
    assert len(frame.text) == TEXT_CHARS
    assert refused(packed(POST | {"text": sign * (TEXT_CHARS + 1)}, encoding), encoding).re == "c1"


def test_an_astral_character_counts_once_also_as_an_escaped_pair() -> None:
    pair = b"\\ud83e\\uddec"
    raw = b'{"t":"post","id":"c1","room":"case1","text":"' + pair * 5_000 + b'"}'
    assert decode(raw, "json") == Post(id="c1", room=ROOM, text=ASTRAL * 5_000)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_frames_nest_at_most_8_deep(encoding: Encoding) -> None:
    def nested(levels: int) -> Any:
        return [nested(levels - 1)] if levels else 1

    for beside in (0, 100):
        wide = {"t": "ping", "x": nested(DEPTH - 1), "y": [[]] * beside}
        assert decode(packed(wide, encoding), encoding) == Ping()
    assert "deep" in str(refused(packed({"t": "ping", "x": nested(DEPTH)}, encoding), encoding))
    assert refused(packed(POST | {"x": nested(DEPTH)}, encoding), encoding).re == "c1"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_many_containers_side_by_side_are_not_deep(encoding: Encoding) -> None:
    wide = {"t": "ping", "x": [[]] * (MOST_CONTAINERS - 3), "y": {"z": "[{[{[{[{[{[{"}}
    assert decode(packed(wide, encoding), encoding) == Ping()
    assert "lists and maps" in str(refused(packed(wide | {"v": []}, encoding), encoding))


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (b'{"t":"ping","x":' + b"[" * 60_000, "json"),
        (b'{"t":"ping","x":' + b"[" * 30_000 + b"]" * 30_000 + b"}", "json"),
        (b'{"t":"ping","x":' + b'{"x":' * 10_000 + b"1" + b"}" * 10_001, "json"),
        (b"\x82\xa1t\xa4ping\xa1x" + b"\x91" * 60_000 + b"\x01", "msgpack"),
        (b"\x82\xa1t\xa4ping\xa1x" + b"\x81\xa1x" * 20_000 + b"\x01", "msgpack"),
        (b"\x91" * 60_000, "msgpack"),
        (b"\xdd\xff\xff\xff\xff", "msgpack"),
        (b"\xdf\xff\xff\xff\xff\xa1t", "msgpack"),
        (b"\xdb\xff\xff\xff\xff", "msgpack"),
        (b"\xc6\xff\xff\xff\xff", "msgpack"),
    ],
)
def test_bombs_are_no_frames(raw: bytes, encoding: Encoding) -> None:
    not_a_frame(raw, encoding)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"post",
        b"null",
        b"[]",
        b'"t"',
        b"{}",
        b'{"id":"c1"}',
        b'{"t":null}',
        b'{"t":5}',
        b'{"t":["post"]}',
        b'{"t":"ping"} {"t":"ping"}',
        b'{"t":"ping",}',
        b"{'t':'ping'}",
        b'\xef\xbb\xbf{"t":"ping"}',
        b'{"t":"ping","n":NaN}',
        b'{"t":"ping","x":Infinity}',
        b'{"t":"ping","x":"\\ud800"}',
        b'{"t":"post","id":"c1","room":"case1","text":"\\udc00"}',
        b'{"t":"post","id":"c1","room":"case1","text":"\xed\xa0\x80"}',
        b'{"t":"post","id":"c1","room":"case1","text":"\xff"}',
        b'{"t":"ping","n":' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_no_map_with_t_is_no_frame(raw: bytes) -> None:
    refusal = not_a_frame(raw, "json")
    assert (refusal.code, refusal.close_code) == ("bad_frame", 4400)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xc0",
        b"\xc1",
        b"\x90",
        b"\x80",
        b"\xa4ping",
        b"\x81\xa1t\xc0",
        b"\x81\xa1t\x05",
        b"\x81\xa1t\xc4\x04ping",
        b"\x81\xc4\x01t\xa4ping",
        b"\x81\xa1t\xa4ping\x01",
        b"\x82\xa1t\xa4ping",
        b"\x84\xa1t\xa4post\xa2id\xa2c1\xa4room\xa5case1\xa4text\xa2\xff\xfe",
        b"\x84\xa1t\xa4post\xa2id\xa2c1\xa4room\xa5case1\xa4text\xa3\xed\xa0\x80",
    ],
)
def test_what_is_no_msgpack_map_with_t_is_no_frame(raw: bytes) -> None:
    not_a_frame(raw, "msgpack")


NINE_LISTS = b"\xa1p\x99" + b"\x90" * 9


@pytest.mark.parametrize(
    "odd",
    [
        b"\xa1x\xd7\xff" + b"\xff" * 8,
        b"\xa1x\xc7\x0c\xff" + b"\xff" * 12,
        b"\xa1x\x81\x81\x01\x02\x03",
        b"\xa1x\x81\x91\x81\x01\x02\x03",
        b"\xa1x\xa2\xff\xfe",
    ],
    ids=["timestamp", "long timestamp", "a map as key", "a map in a list as key", "not UTF-8"],
)
def test_what_is_skipped_in_a_flat_frame_does_no_harm_in_a_wide_one(odd: bytes) -> None:
    assert decode(b"\x82\xa1t\xa4ping" + odd, "msgpack") == Ping()
    not_a_frame(b"\x83\xa1t\xa4ping" + NINE_LISTS + odd, "msgpack")


@pytest.mark.parametrize("value", [msgpack.ExtType(5, b"x"), msgpack.Timestamp(1, 0), b"bytes"])
def test_values_that_only_msgpack_has_fit_no_field(value: Any) -> None:
    assert refused(packed(POST | {"text": value}, "msgpack"), "msgpack").re == "c1"
    assert decode(packed(POST | {"x": value}, "msgpack"), "msgpack") == decode(packed(POST, "msgpack"), "msgpack")


@pytest.mark.parametrize("key", [5, None, b"text", True, 1.5])
def test_a_key_that_is_no_text_is_refused(key: Any) -> None:
    assert refused(packed(POST | {key: "x"}, "msgpack"), "msgpack").re == "c1"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "changed",
    [
        {"id": "c1\n"},
        {"id": ""},
        {"id": "x" * 37},
        {"id": 5},
        {"room": "case1\n"},
        {"room": "../case1"},
        {"reply_to": "e1\n"},
        {"reply_to": "e 1"},
        {"reply_to": "x" * 41},
        {"to": "ana\n"},
        {"kind": "shout"},
        {"text": None},
        {"text": 5},
        {"lang": "x" * 65},
        {"images": ["x"] * 11},
        {"images": ["a\0b"]},
        {"not_identifying": ["x" * 201]},
        {"evidence": [{"type": "rumour", "ref": "x"}]},
        {"evidence": [{"type": "url"}]},
        {"evidence": [{"type": "url", "ref": "x" * 501}]},
        {"evidence": [{"type": "url", "ref": "x"}] * 21},
        {"evidence": {}},
    ],
)
def test_a_field_that_does_not_fit_is_refused_by_its_path(changed: dict[str, Any], encoding: Encoding) -> None:
    refusal = refused(packed(POST | changed, encoding), encoding)
    assert (refusal.code, refusal.close_code) == ("bad_frame", None)
    assert f"`$.{next(iter(changed))}" in str(refusal)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["id", "room", "text"])
def test_a_missing_field_is_named(name: str, encoding: Encoding) -> None:
    frame = {key: value for key, value in POST.items() if key != name}
    refusal = refused(packed(frame, encoding), encoding)
    assert f"`{name}`" in str(refusal)
    assert refusal.re == (None if name == "id" else "c1")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("name", "echoed"), [("c1", "c1"), ("x" * 36, "x" * 36), ("x" * 37, None), ("", None), (5, None)]
)
def test_the_answer_names_the_command_where_its_id_could_be_read(
    name: Any, echoed: str | None, encoding: Encoding
) -> None:
    assert refused(packed({"t": "post", "id": name, "room": ROOM}, encoding), encoding).re == echoed


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", ["guess", "event", "welcome", "joined", "", "Post", "typing_now", "x" * 9_000])
def test_a_kind_that_is_not_taken_is_unknown(kind: str, encoding: Encoding) -> None:
    refusal = refused(packed({"t": kind, "id": "c1"}, encoding), encoding)
    assert (refusal.code, refusal.re) == ("unknown_kind", "c1")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("field", ["kind", "t"])
def test_a_refusal_does_not_repeat_what_was_sent(field: str, encoding: Encoding) -> None:
    words = "Juan Perez, bed 12 - at `$.kind`' and more. " * 1_000
    refusal = refused(packed(POST | {field: words}, encoding), encoding)
    assert "Juan" not in str(refusal)
    assert len(str(refusal)) < 200


def test_of_a_field_that_comes_twice_the_last_counts_but_a_frame_has_one_kind() -> None:
    assert decode(b'{"t":"ping","n":1,"n":2}', "json") == decode(b"\x83\xa1t\xa4ping\xa1n\x01\xa1n\x02", "msgpack")
    assert decode(b'{"t":"ping","n":1,"n":2}', "json") == Ping(n=2)
    twice = b'{"t":"post","t":"close","id":"c1","room":"case1","text":"x","disposition":"x","summary":"x"}'
    assert refused(twice, "json").re == "c1"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("number", [0, 2**53 - 1])
def test_a_seq_is_a_number_that_javascript_can_count(number: int, encoding: Encoding) -> None:
    seen = {"t": "seen", "room": ROOM, "seq": number}
    assert decode(packed(seen, encoding), encoding) == Seen(room=ROOM, seq=number)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("number", [-1, 2**53, 2**64 - 1, 1.0, 1e300, True, "1", None])
def test_no_other_value_is_a_seq(number: Any, encoding: Encoding) -> None:
    refused(packed({"t": "seen", "room": ROOM, "seq": number}, encoding), encoding)


@pytest.mark.parametrize("number", ["9" * 30, "-" + "9" * 30])
def test_a_number_beyond_64_bits_is_refused(number: str) -> None:
    refused(f'{{"t":"ping","n":{number}}}'.encode(), "json")


def test_every_command_and_every_frame_of_a_client_is_known() -> None:
    tags = {str(frame.__struct_config__.tag) for frame in get_args(ClientFrame)}
    assert tags == KNOWN
    assert {str(command.__struct_config__.tag) for command in get_args(AnyCommand)} < KNOWN


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("frame", SERVER_FRAMES)
def test_a_server_frame_is_a_map_with_its_kind_that_any_library_reads(frame: Any, encoding: Encoding) -> None:
    plain = unpacked(encode(frame, encoding), encoding)
    assert plain["t"] == type(frame).__struct_config__.tag
    assert plain == msgspec.to_builtins(frame)


def test_there_is_a_sample_of_every_server_frame_and_no_two_share_a_kind() -> None:
    assert {type(frame) for frame in SERVER_FRAMES} == set(get_args(ServerFrame))
    assert len({type(frame).__struct_config__.tag for frame in SERVER_FRAMES}) == len(get_args(ServerFrame))


def test_what_is_absent_is_not_sent() -> None:
    assert unpacked(encode(Ack(re="c1"), "json"), "json") == {"t": "ack", "re": "c1"}
    assert unpacked(encode(Error(code="not_joined", message="x"), "json"), "json").keys() == {"t", "code", "message"}


def test_an_event_is_sent_with_the_bytes_that_are_on_record() -> None:
    body = msgspec.Raw(msgspec.msgpack.encode({"text": "x"}))
    entry = Entry(2, "0" * 16, "e2", AT, ana.by, "post", body)
    frame = EventFrame(room=ROOM, seq=2, check="0" * 16, id="e2", at=AT, by=ana.by, kind="post", body=body)
    single, several = (unpacked(encode(f, "msgpack"), "msgpack") for f in (frame, Events(room=ROOM, events=[entry])))
    assert several["events"] == [{key: value for key, value in single.items() if key not in ("t", "room")}]
    assert single["body"] == {"text": "x"}


def test_joined_says_as_not_as_with_an_underscore() -> None:
    joined = next(frame for frame in SERVER_FRAMES if isinstance(frame, Joined))
    plain = unpacked(encode(joined, "json"), "json")
    assert plain["as"] == "contribute"
    assert "as_" not in plain


def test_presence_always_has_all_its_fields() -> None:
    presence = next(frame for frame in SERVER_FRAMES if isinstance(frame, Presence) and not frame.here)
    plain = unpacked(encode(presence, "json"), "json")
    assert plain.keys() == {"t", *Presence.__struct_fields__}
    assert (plain["here"], plain["gone"], plain["seen"]) == ([], [], {})


def test_by_of_the_server_has_a_person_only() -> None:
    frame = EventFrame(
        room=ROOM, seq=1, check="0" * 16, id="e1", at=AT, by=By("system"), kind="opened", body=opening().body
    )
    assert unpacked(encode(frame, "json"), "json")["by"] == {"person": "system"}
