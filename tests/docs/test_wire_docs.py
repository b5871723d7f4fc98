import json
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from realtime.rooms.copies import Audience, body_copy, state_copy
from realtime.rooms.fold import replay
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.wire.client import ClientFrame
from realtime.wire.encoding import encode
from scripts.wire_docs import CLOSES, DOCS, files, tag
from scripts.wire_schema import STATE, schema
from tests.builders import ROOM, records, story
from tests.samples import CLIENT_FRAMES, SERVER_FRAMES
from tests.vectors.make import ADVICE, CLOSE, QUESTION, RETRACTION

SOURCE = DOCS.parent
NAMES = Pseudonyms(b"a secret of this deployment", ROOM)


@cache
def made() -> dict[str, str]:
    """The files as the code would have them."""
    return files()


@cache
def validator(definition: str) -> Draft202012Validator:
    return Draft202012Validator(schema() | {"anyOf": [{"$ref": f"#/$defs/{definition}"}]})


def plain(frame: Any) -> Any:
    return json.loads(encode(frame, "json"))


@pytest.mark.parametrize("name", ["protocol.md", "wire.schema.json", "acuity.md"])
def test_the_reference_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text() == made()[name], "stale: run `python -m scripts.wire_docs`"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("frame", SERVER_FRAMES)
def test_every_server_frame_fits_its_schema(frame: Any) -> None:
    validator("ServerFrame").validate(plain(frame))
    validator(type(frame).__name__).validate(plain(frame))


@pytest.mark.parametrize("frame", CLIENT_FRAMES)
def test_every_client_frame_fits_its_schema(frame: Any) -> None:
    validator("ClientFrame").validate(plain(frame))
    validator(type(frame).__name__).validate(plain(frame))


def test_there_is_a_sample_of_every_client_frame() -> None:
    assert {type(frame) for frame in CLIENT_FRAMES} == set(get_args(ClientFrame))


@pytest.mark.parametrize(
    "wrong",
    [
        {"t": "post", "id": "c1", "room": ROOM, "text": "x" * 8_001},
        {"t": "post", "id": "c 1", "room": ROOM, "text": "x"},
        {"t": "post", "id": "c1\n", "room": ROOM, "text": "x"},
        {"t": "post", "id": "c1", "room": ROOM},
        {"t": "seen", "room": ROOM, "seq": -1},
        {"t": "opine", "id": "c1", "room": ROOM},
        {"t": "opine", "id": "c1", "room": ROOM, "differential": []},
        {"t": "opine", "id": "c1", "room": ROOM, "differential": [{"dx": "Sepsis", "probability": 1.1}]},
    ],
)
def test_what_the_server_refuses_does_not_fit(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        validator("ClientFrame").validate(wrong)


@pytest.mark.parametrize("audience", get_args(Audience))
def test_every_copy_of_an_event_and_of_a_state_fits(audience: Audience) -> None:
    events = story(ADVICE, QUESTION, RETRACTION, CLOSE)
    room = replay(events)
    assert room is not None
    for event, record in zip(events, records(events), strict=True):
        body = body_copy(event, record, room, audience, NAMES)
        entry = {"seq": 1, "check": "0", "id": "x", "at": 1, "by": event.by, "kind": event.kind, "body": body}
        validator("Entry").validate(msgspec.to_builtins(entry))
    validator("State").validate(msgspec.to_builtins(state_copy(room, room, audience, NAMES)))
    assert state_copy(room, room, audience, NAMES).keys() <= STATE["properties"].keys()


def test_a_body_of_another_kind_does_not_fit() -> None:
    entry = {"seq": 1, "check": "0", "id": "x", "at": 1, "by": {"person": "x"}, "kind": "closed", "body": {"text": "x"}}
    assert not validator("Entry").is_valid(entry)
    assert validator("Entry").is_valid(entry | {"kind": "a kind of a later version"})


@pytest.mark.parametrize("frame", get_args(ClientFrame))
def test_every_frame_of_a_client_has_its_line(frame: type) -> None:
    assert re.search(rf"^\| `{tag(frame)}` \|.+\| .+ \| .+ \|$", made()["protocol.md"], re.MULTILINE)


def test_every_close_code_that_the_code_uses_has_its_line() -> None:
    used = set(re.findall(r"(?:close\(|close_code = )(\d{4})", sources("realtime", "web")))
    assert used
    assert used <= set(map(str, CLOSES))


def test_every_path_of_the_api_has_its_line() -> None:
    paths = set(re.findall(r'Route\("(/(?:api|healthz|readyz|metrics)[^"]*)"', sources("web")))
    assert paths
    assert not [path for path in paths if path not in made()["protocol.md"]]


def sources(*packages: str) -> str:
    found: list[Path] = [path for package in packages for path in sorted((SOURCE / package).glob("**/*.py"))]
    return "\n".join(path.read_text() for path in found)
