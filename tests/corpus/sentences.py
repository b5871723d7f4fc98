"""The labelled sentences on which the rules are measured.

One a line: `-` and a clean one, or the kind of identifier and a sentence in which ⟦identifiers⟧ are marked.
"""

import re
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).parent
CLEAN: Final = "-"
PARTS: Final = ("written", "held_out")
"""The rules were written against the first; the second was set apart."""

_marked: Final = re.compile("⟦(.*?)⟧")


class Sentence(NamedTuple):
    """`marks`: where the identifiers stand in `text`, in code points."""

    kind: str
    text: str
    marks: list[tuple[int, int]]


def sentences(part: str) -> list[Sentence]:
    """All sentences of one part."""
    lines = (HERE / f"identifiers_{part}.txt").read_text().splitlines()
    return [_sentence(*line.split(" ", 1)) for line in lines if line and not line.startswith("#")]


def _sentence(kind: str, marked: str) -> Sentence:
    # Each mark before one has taken two places.
    places = [(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(_marked.finditer(marked))]
    return Sentence(kind, _marked.sub(r"\1", marked), places)
