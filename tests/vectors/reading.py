"""Vectors that are written by hand, from what the sources say and never from what the code gives."""

import json
from typing import Any

from tests.vectors.make import HERE


def vectors(name: str) -> list[dict[str, Any]]:
    """The vectors of `name`; the browser's tests read the same."""
    read: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text())
    return read
