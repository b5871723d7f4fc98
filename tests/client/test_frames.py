import pytest

from client.errors import ProtocolError
from client.frames import Encoding, decode, encode

FRAME = {"t": "post", "id": "a1", "room": "r1", "text": "säure ✓", "evidence": [], "n": 1.5, "on": True, "none": None}


@pytest.mark.parametrize(("encoding", "kind"), [("msgpack", bytes), ("json", str)])
def test_frame_survives_its_message(encoding: Encoding, kind: type) -> None:
    message = encode(FRAME, encoding)
    assert isinstance(message, kind)
    assert decode(message, encoding) == FRAME


@pytest.mark.parametrize(
    "message", [b"", b"\xc1", b"\x81", b"\x90", b"\x80", b"\x81\xa1t\x01", b"\x81\x01\x01", b"\x80\x80"]
)
def test_msgpack_that_is_no_frame_breaks_the_protocol(message: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(message, "msgpack")


@pytest.mark.parametrize("message", ["", "{", "[]", "{}", '{"t":1}', "null", '"t"'])
def test_json_that_is_no_frame_breaks_the_protocol(message: str) -> None:
    with pytest.raises(ProtocolError):
        decode(message, "json")


def test_the_other_encodings_message_breaks_the_protocol() -> None:
    with pytest.raises(ProtocolError):
        decode(encode(FRAME, "json"), "msgpack")
    with pytest.raises(ProtocolError):
        decode(encode(FRAME, "msgpack"), "json")


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
@pytest.mark.parametrize("value", [object(), {1, 2}])
def test_what_has_no_encoding_is_refused(encoding: Encoding, value: object) -> None:
    with pytest.raises(TypeError):
        encode({"t": "post", "text": value}, encoding)
