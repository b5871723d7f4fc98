from typing import Any

import msgpack
import msgspec
import pytest

from realtime.rooms.body import Body
from realtime.rooms.events import BODIES, KINDS, Posted, canonical, decoded
from tests.builders import opening
from tests.samples import BODY_SAMPLES


def shuffled(value: Any) -> Any:
    """`value` with the keys of every dict in the opposite order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("body", BODY_SAMPLES)
def test_a_body_is_read_back_from_its_canonical_bytes(body: Body) -> None:
    assert decoded(KINDS[type(body)], canonical(body)) == body


@pytest.mark.parametrize("body", BODY_SAMPLES)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(body: Body) -> None:
    plain = msgspec.to_builtins(body)
    assert canonical(body) == canonical(plain) == canonical(shuffled(plain))


@pytest.mark.parametrize("body", BODY_SAMPLES)
def test_canonical_bytes_are_msgpack_with_sorted_keys(body: Body) -> None:
    def keys_sorted(value: Any) -> bool:
        if isinstance(value, dict):
            return list(value) == sorted(value) and all(map(keys_sorted, value.values()))
        return all(map(keys_sorted, value)) if isinstance(value, list) else True

    plain = msgpack.unpackb(canonical(body))
    assert plain == msgspec.to_builtins(body)
    assert keys_sorted(plain)
    assert msgpack.packb(plain) == canonical(body)


def test_every_kind_has_a_sample_and_no_two_kinds_share_a_body() -> None:
    assert {type(body) for body in BODY_SAMPLES} == set(BODIES.values())
    assert len(KINDS) == len(BODIES)


def test_what_is_absent_is_left_out_of_the_bytes() -> None:
    assert msgpack.unpackb(canonical(Posted(text="x", kind="comment", evidence=[], images=[]))) == {
        "text": "x",
        "kind": "comment",
        "evidence": [],
        "images": [],
    }


def test_bytes_of_another_kind_are_not_read() -> None:
    with pytest.raises(msgspec.ValidationError):
        decoded("post", canonical(opening().body))


def test_an_event_names_its_kind() -> None:
    assert opening().kind == "opened"
