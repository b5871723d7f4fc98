import json
from typing import Any

import pytest

from realtime.rooms.readback import restates
from tests.vectors.make import HERE

VECTORS: list[dict[str, Any]] = json.loads((HERE / "plan.json").read_text())["read_backs"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_a_text_restates_as_the_vectors_say(vector: dict[str, Any]) -> None:
    assert restates(vector["text"]) is vector["restates"]
