from typing import Any

import pytest

from realtime.rooms.command import Evidence
from realtime.rooms.evidence.references import key, normal
from tests.vectors.reading import vectors


@pytest.mark.parametrize("vector", vectors("evidence"), ids=lambda vector: f"{vector['type']} {vector['ref']}")
def test_references_are_kept_as_the_vectors_say(vector: dict[str, Any]) -> None:
    assert normal(vector["type"], vector["ref"]) == vector["kept"]


def test_what_is_kept_stays_as_it_is() -> None:
    for vector in vectors("evidence"):
        if vector["kept"] is not None:
            assert normal(vector["type"], vector["kept"]) == vector["kept"]


def test_dois_are_compared_without_regard_to_case_and_to_what_stands_before_them() -> None:
    one, other = Evidence("doi", "https://doi.org/10.1056/NEJMoa2212663"), Evidence("doi", "10.1056/nejmoa2212663")
    assert key(one) == key(other) != key(Evidence("doi", "10.1056/nejmoa2212664"))
