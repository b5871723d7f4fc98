import json
from importlib.resources import files
from typing import Any

import pytest

from realtime.rooms.drugs.inn import glossary, named
from tests.vectors.make import HERE

VECTORS: list[dict[str, Any]] = json.loads((HERE / "drugs.json").read_text())
DATA: dict[str, Any] = json.loads(files("realtime.rooms.drugs").joinpath("inn.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_a_text_names_drugs_as_the_vectors_say(vector: dict[str, Any]) -> None:
    assert [list(found) for found in named(vector["text"])] == vector["named"]


def test_the_names_have_their_source_and_date() -> None:
    assert "World Health Organization" in DATA["source"] and DATA["dated"]
    assert len(DATA["drugs"]) >= 150


def test_no_name_stands_for_two_drugs() -> None:
    names = [name.casefold() for inn, others in DATA["drugs"].items() for name in (inn, *others)]
    assert len(names) == len(set(names))


def test_every_name_is_found_as_it_is_written() -> None:
    for inn, others in DATA["drugs"].items():
        assert not named(inn)
        for name in others:
            assert named(f"Give {name}, now.") == [(5, 5 + len(name), inn)]


def test_a_glossary_has_each_drug_once_as_it_was_first_written() -> None:
    assert glossary("TXA 1 g, Adrenaline 1 mg, adrenaline again, tranexamic acid") == {
        "tranexamic acid": "TXA",
        "epinephrine": "Adrenaline",
    }
