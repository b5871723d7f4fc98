import pytest

from realtime.backplane.slots import SLOTS, Address, everything_at, mapped, slot_of

HERE = Address("10.0.0.1", 7000)


def test_slots_are_those_of_the_redis_cluster_specification() -> None:
    assert slot_of(b"123456789") == 0x31C3


def test_a_redis_that_is_no_cluster_serves_every_slot() -> None:
    assert everything_at(HERE) == {HERE: set(range(SLOTS))}


def test_each_primary_serves_its_ranges() -> None:
    low, high = [b"10.0.0.1", 7000, b"id1", []], [b"10.0.0.2", 7001, b"id2", []]
    replica = [b"10.0.0.3", 7002, b"id3", []]
    reply = [[0, 99, low, replica], [200, 299, high], [300, 301, low]]
    assert mapped(reply, HERE) == {
        Address("10.0.0.1", 7000): {*range(100), 300, 301},
        Address("10.0.0.2", 7001): set(range(200, 300)),
    }


@pytest.mark.parametrize("host", [None, b"", b"?"])
def test_a_server_that_does_not_know_its_host_is_the_one_that_was_asked(host: bytes | None) -> None:
    assert mapped([[0, 1, [host, 7005, b"id"]]], HERE) == {Address("10.0.0.1", 7005): {0, 1}}


@pytest.mark.parametrize(
    "reply", [None, 1, b"OK", [1], [[]], [[0, 1]], [[0, 1, b"x"]], [[0, 1, [7, 7]]], [[b"a", 1, [b"h", 1]]]]
)
def test_any_other_reply_is_refused(reply: object) -> None:
    with pytest.raises(ValueError, match="no reply"):
        mapped(reply, HERE)
