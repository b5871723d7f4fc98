import logging

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.backplane.envelope import MAC_BYTES, Envelope
from realtime.backplane.messages import Asked, CardChanged, Message, Records, SessionsRevoked, Typed, Unrecorded
from realtime.presence.roster import Here, Statement
from realtime.wire.server import Provisional
from tests.builders import ana, opened_room, records, story

ROOM = "case1"
STATEMENT = Statement(
    room=ROOM,
    node="n1",
    incarnation=7,
    at_ms=1_800_000_000_000,
    here=[Here.of(ana.by, 1_799_999_999_000)],
    viewers=4_000,
    observers={"pharma": 40},
    seen={"ana": 12},
)
MESSAGES: list[Message] = [
    Records(ROOM, records(story())),
    Records(ROOM, records(story()), opened_room().card),
    Typed(ROOM, "ana", True),
    Unrecorded(Provisional(room=ROOM, id="p1", by=ana.by, kind="comment", text="Which snake?")),
    STATEMENT,
    Asked(ROOM),
    CardChanged(opened_room().card, 1, "opened", 2),
    SessionsRevoked({"s1": 1_800_000_000_000, "s2": 1_800_000_000_001}),
]


def nodes() -> tuple[Envelope, Envelope]:
    return Envelope(b"secret", "ana-node"), Envelope(b"secret", "ben-node")


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_another_node_reads_what_was_sealed(message: Message) -> None:
    one, other = nodes()
    assert other.open(one.seal(message)) == message
    assert other.forged == other.unreadable == 0


def test_a_node_ignores_its_own_words() -> None:
    one, _ = nodes()
    assert one.open(one.seal(Asked(ROOM))) is None
    assert one.forged == 0


def test_a_node_of_another_deployment_is_not_believed(caplog: pytest.LogCaptureFixture) -> None:
    stranger, (_, node) = Envelope(b"another secret", "ana-node"), nodes()
    for _ in range(3):
        assert node.open(stranger.seal(Asked(ROOM))) is None
    assert node.forged == 3
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
@given(data=st.data())
def test_no_bit_of_a_payload_can_be_changed(message: Message, data: st.DataObject) -> None:
    one, other = nodes()
    sealed = one.seal(message)
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    assert other.open(bytes(changed)) is None
    assert other.forged == 1


@given(st.binary(max_size=200))
def test_garbage_is_counted_and_never_raises(payload: bytes) -> None:
    _, node = nodes()
    assert node.open(payload) is None
    assert node.forged == 1


@given(st.data())
def test_a_payload_that_was_cut_short_is_forged(data: st.DataObject) -> None:
    one, other = nodes()
    sealed = one.seal(STATEMENT)
    assert other.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))]) is None
    assert other.forged == 1


JSONLIKE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=10,
)
KINDS = st.sampled_from(["records", "typed", "statement", "asked", "card", "revoked", "from a later release"])


@given(st.binary(max_size=200) | JSONLIKE.map(msgspec.msgpack.encode))
def test_what_a_node_sealed_but_nobody_understands_is_unreadable(content: bytes) -> None:
    one, other = nodes()
    assert other.open(one._mac(content) + content) is None
    assert (other.forged, other.unreadable) == (0, 1)


@given(KINDS, st.lists(JSONLIKE, max_size=8))
def test_a_later_release_may_say_anything(kind: str, fields: list[object]) -> None:
    one, other = nodes()
    content = msgspec.msgpack.encode(["ana-node", [kind, *fields]])
    assert other.open(one._mac(content) + content) is None or other.unreadable == 0
    assert other.forged == 0


def test_a_payload_nested_without_end_is_unreadable() -> None:
    one, other = nodes()
    content = b"\x92\xa1n" + b"\x91" * 60_000
    assert other.open(one._mac(content) + content) is None
    assert other.unreadable == 1


def test_sealing_costs_little_more_than_what_is_sealed() -> None:
    one, _ = nodes()
    assert len(one.seal(Asked(ROOM))) == MAC_BYTES + len(b"\x92\xa8ana-node\x92\xa5asked\xa5case1")
