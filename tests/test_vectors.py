import json
from typing import Any

import msgspec
import pytest

from realtime.rooms.chain import EMPTY, Record, first_broken
from realtime.rooms.events import BODIES, Event
from realtime.rooms.fold import replay
from realtime.rooms.people import By
from tests.vectors.make import HERE, files, summary, summary_of_posts

FOLD: list[dict[str, Any]] = json.loads((HERE / "fold.json").read_text())
CHAIN: dict[str, list[dict[str, Any]]] = json.loads((HERE / "chain.json").read_text())


@pytest.mark.parametrize("name", files())
def test_the_vectors_are_those_that_are_made(name: str) -> None:
    assert (HERE / name).read_text() == files()[name], "stale: run `python -m tests.vectors.make`"


@pytest.mark.parametrize("vector", FOLD, ids=lambda vector: vector["name"])
def test_folding_the_events_gives_the_state(vector: dict[str, Any]) -> None:
    room = replay(map(event_of, vector["events"]))
    assert room is not None
    posts = summary_of_posts(room, "contributors")
    assert summary(room, "contributors") | {"posts": posts} == vector["state"]


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_every_kind_of_event_is_in_a_vector(kind: str) -> None:
    assert any(event["kind"] == kind for vector in FOLD for event in vector["events"])


@pytest.mark.parametrize("damage", CHAIN["broken"], ids=lambda damage: damage["name"])
def test_the_chain_names_the_first_record_that_is_broken(damage: dict[str, Any]) -> None:
    rows = {row["seq"]: row | damage["changes"].get(str(row["seq"]), {}) for row in CHAIN["records"]}
    assert first_broken(record_of(rows[seq]) for seq in damage["order"]) == damage["first_broken"]


def test_a_check_is_the_start_of_the_digest() -> None:
    assert EMPTY.check == "0" * 16
    for row in CHAIN["records"]:
        assert record_of(row).head.check == row["check"] == row["digest"][:16]


def test_the_encoded_fields_say_what_stands_beside_them() -> None:
    for row in CHAIN["records"]:
        for name, said in row["says"].items():
            assert msgspec.msgpack.decode(bytes.fromhex(row[name])) == said


def event_of(entry: dict[str, Any]) -> Event:
    """An event from its entry; a body that has lost its text is folded without one, a withheld one empty."""
    body = msgspec.convert({"text": "", "differential": []} | entry["body"], BODIES[entry["kind"]])
    return Event(entry["seq"], entry["id"], entry["at"], msgspec.convert(entry["by"], By), body)


def record_of(row: dict[str, Any]) -> Record:
    """A record from its row; the vectors say nothing of commands."""
    encoded = {name: bytes.fromhex(row[name]) for name in ("author", "salt_by", "salt_body", "body", "digest")}
    fields: dict[str, Any] = {name: row[name] for name in ("room", "seq", "id", "at", "by", "kind")}
    return Record(**fields | encoded, command_digest=b"")
