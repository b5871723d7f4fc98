"""Which content coding a client would rather have (RFC 9110 §12.5.3)."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

IDENTITY: Final = "identity"
"""No coding at all: what every client takes."""

# Less than any weight that can be written: identity is taken unless it is excluded, and never preferred.
_UNSAID: Final = 0.0001
_WEIGHT: Final = re.compile(r"\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")


def chosen(accepted: str, offered: Iterable[str]) -> str:
    """The best of `offered` under an `Accept-Encoding`, the first of those that are equally good; else `IDENTITY`."""
    weights = dict(_weights(accepted))

    def weight(coding: str) -> float:
        return weights.get(coding, weights.get("*", _UNSAID if coding == IDENTITY else 0.0))

    best = max(offered, key=weight, default=IDENTITY)
    return best if weight(best) > 0 else IDENTITY


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.lower().split(","):
        coding, _, parameters = part.partition(";")
        yield coding.strip(), _weight(parameters)


def _weight(parameters: str) -> float:
    """1 where none is given; what is no weight excludes its coding."""
    if not parameters.strip():
        return 1.0
    found = _WEIGHT.fullmatch(parameters)
    return float(found[1]) if found else 0.0
