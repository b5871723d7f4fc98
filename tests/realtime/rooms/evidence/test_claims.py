from typing import Any

import pytest

from realtime.rooms.evidence.claims import claim_in
from tests.vectors.reading import vectors

VECTORS = vectors("claims")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['kind']} {vector['text']}")
def test_a_text_claims_what_the_vectors_say(vector: dict[str, Any]) -> None:
    assert claim_in(vector["text"], vector["kind"]) == vector["claim"]


def test_the_vectors_have_claims_and_what_is_none() -> None:
    found = [vector["claim"] for vector in VECTORS]
    assert found.count("dose") >= 25 and found.count(None) >= 25 and found.count("drug") >= 5


@pytest.mark.parametrize("unit", ["mg", "MG", "mcg", "µg", "IU", "units", "drops", "mg/kg", "mg/kg/h", "tablets"])
@pytest.mark.parametrize("number", ["5", "0.5", "0,5", ".5", "1000", "1,000", "½", "two"])
def test_a_number_with_the_unit_of_a_dose_is_a_dose(number: str, unit: str) -> None:
    assert claim_in(f"{number} {unit}", "comment") == "dose"


@pytest.mark.parametrize("text", ["mg " * 2_600, "1" * 8_000, "1." * 4_000, "half a " * 1_100, "k 1 " * 2_000])
def test_a_long_text_is_looked_at_to_its_end(text: str) -> None:
    assert claim_in(f"{text}\nGive adrenaline 1 mg", "comment") == "dose"
