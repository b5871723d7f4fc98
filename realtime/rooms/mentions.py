"""Whom a text mentions: `@` and a handle, which may have spaces in it."""

import re
from typing import Final

from realtime.rooms.handles import HANDLE_CHARS

MOST_MENTIONED: Final = 10
MOST_WORDS: Final = 4
"""A handle of more words is mentioned by nobody: too much would have to be looked up."""

_at = re.compile(r"(?<![\w@.])@(?=\w)")
_after: Final = ".,;:!?)]}\"'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


def candidates(text: str) -> list[list[str]]:
    """For each place that mentions somebody, `MOST_MENTIONED` at most, the handles that may be meant, longest first."""
    places = [match.end() for match in _at.finditer(text)][:MOST_MENTIONED]
    return [_handles(text[at : at + HANDLE_CHARS].split("\n", 1)[0]) for at in places]


def _handles(rest: str) -> list[str]:
    words = rest.split(" ")[:MOST_WORDS]
    found: dict[str, None] = {}
    for count in range(len(words), 0, -1):
        handle = " ".join(words[:count])
        found |= dict.fromkeys((handle.strip(), handle.rstrip(_after).strip()))
    return [handle for handle in found if handle]
