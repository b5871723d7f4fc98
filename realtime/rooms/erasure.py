"""What is left of an event whose words were lawfully erased: who did what to what and when, no word and no vital sign.

Only words go: the room must still fold. Where there was a text stands `ERASED`, lists of evidence and images are empty.
"""

from typing import Any, Final

import msgspec

from realtime.rooms.card import Card
from realtime.rooms.case import Case
from realtime.rooms.events import BODIES, Opened, canonical, decoded
from realtime.rooms.texts import CASE_WRITTEN, WRITTEN, reworded

ERASED: Final = "(erased)"
LISTS: Final = ("differential", "evidence", "images", "vitals", "resources", "values")


def without_words(kind: str, body: bytes) -> bytes:
    """The canonical bytes of the body of a `kind` with its words gone. Raises `ValueError` where there are none."""
    if kind not in BODIES:
        raise ValueError("It is of a kind that this version does not know.")
    before = decoded(kind, body)
    if isinstance(before, Opened):
        left = canonical(msgspec.structs.replace(before, case=case_without_words(before.case)))
    else:
        left = canonical(_emptied(before, WRITTEN.get(type(before), ())))
    if left == canonical(before):
        raise ValueError("There are no words in it.")
    return left


def case_without_words(case: Case) -> Case:
    """The case as its card and list line show it then."""
    unmeasured = msgspec.structs.replace(case, vitals_at=None, triage=None, template=None)
    emptied: Case = _emptied(unmeasured, CASE_WRITTEN)
    return emptied


def card_without_words(card: Card) -> Card:
    """The card of a case whose words were erased."""
    return msgspec.structs.replace(card, case=case_without_words(card.case))


def _emptied(struct: Any, written: tuple[str, ...]) -> Any:
    lists: dict[str, list[Any]] = {name: [] for name in LISTS if getattr(struct, name, ())}
    return msgspec.structs.replace(struct, **reworded(struct, written, lambda text: text and ERASED), **lists)
