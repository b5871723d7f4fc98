from typing import Any

import pytest

from realtime.rooms.triage.esi import Answers, level, missing
from tests.vectors.reading import vectors

VECTORS = vectors("esi")


@pytest.mark.parametrize("vector", [one for one in VECTORS if "value" in one], ids=lambda vector: vector["name"])
def test_the_questions_lead_to_the_level(vector: dict[str, Any]) -> None:
    found = level(vector["values"], Answers(**vector["answers"]))
    assert (found.value, list(found.allowed)) == (vector["value"], vector["allowed"])
    assert missing(vector["values"], Answers(**vector["answers"])) == []


@pytest.mark.parametrize("vector", [one for one in VECTORS if "missing" in one], ids=lambda vector: vector["name"])
def test_what_must_be_answered_is_named(vector: dict[str, Any]) -> None:
    assert missing(vector["values"], Answers(**vector["answers"])) == vector["missing"]
