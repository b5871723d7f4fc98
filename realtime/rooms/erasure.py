"""What is left of an event whose words were lawfully erased: who did what to what and when, and no word.

Only words go: the room must still fold. Where there was a text stands `ERASED`, lists of evidence and images are empty.
"""

from typing import Any, Final

import msgspec

from realtime.rooms.events import BODIES, Case, Opened, canonical, decoded

ERASED: Final = "(erased)"
WORDS: Final = frozenset(
    {
        "text",
        "note",
        "reason",
        "summary",
        "disposition",
        "diagnosis",
        "how_known",
        "advice_used",
        "state_24h",
        "state_7d",
    }
)
CASE_WORDS: Final = frozenset({"title", "situation", "background", "assessment", "request"})
LISTS: Final = frozenset({"evidence", "images"})


def without_words(kind: str, body: bytes) -> bytes:
    """The canonical bytes of the body of a `kind` with its words gone. Raises `ValueError` where there are none."""
    if kind not in BODIES:
        raise ValueError("It is of a kind that this version does not know.")
    before = decoded(kind, body)
    if isinstance(before, Opened):
        left = canonical(msgspec.structs.replace(before, case=case_without_words(before.case)))
    else:
        left = canonical(_emptied(before, WORDS))
    if left == canonical(before):
        raise ValueError("There are no words in it.")
    return left


def case_without_words(case: Case) -> Case:
    """The case as its card and list line show it then."""
    emptied: Case = _emptied(case, CASE_WORDS)
    return emptied


def _emptied(struct: Any, words: frozenset[str]) -> Any:
    changes: dict[str, Any] = {}
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if name in words and isinstance(value, str) and value:
            changes[name] = ERASED
        elif name in LISTS and value:
            changes[name] = []
    return msgspec.structs.replace(struct, **changes)
