"""The gate before the log: a text that may tell who a patient is comes in only as its author confirms it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Final

import msgspec

from realtime.rooms.identifiers.finding import Span, found
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.wordless import wordless

MOST_TOLD: Final = 50
"""So many spans a refusal names; the next ones are named once these are settled."""

Finder = Callable[[str], Sequence[Span]]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A span as a refusal named it: `[from, to, rule]`."""

    start: Annotated[int, msgspec.Meta(ge=0, le=65_536)]
    end: Annotated[int, msgspec.Meta(ge=0, le=65_536)]
    rule: Annotated[str, msgspec.Meta(max_length=64)]


Confirmations = Annotated[list[Annotated[str, msgspec.Meta(max_length=200)] | Place], msgspec.Meta(max_length=50)]
"""What its author says identifies nobody: a span's words as they stand in the text, or the span as it was refused."""


class Confirmed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """On record: `rule` found what stands in `field` from `start` up to `end` (code points); its author let it be."""

    start: int
    end: int
    rule: str
    field: str


class Found(msgspec.Struct, frozen=True):
    """What is to be edited or confirmed, by field."""

    __repr__ = wordless

    fields: Mapping[str, Sequence[Span]]

    @property
    def first(self) -> str:
        """The field that is told of where only one can be."""
        return next(iter(self.fields))


class IdentifiersFound(Refused):
    """Refused, with the places."""

    def __init__(self, found: Found) -> None:
        super().__init__(Refusal.IDENTIFIERS)
        self.found = found


def passed(texts: Iterable[tuple[str, str]], confirmed: Confirmations, find: Finder = found) -> list[Confirmed]:
    """What of `texts`, (field, text), was found and is confirmed. Raises `IdentifiersFound` where anything is not.

    A confirmation holds for the same words, or for the same place and rule: a text that was edited is looked at anew.
    """
    on_record: list[Confirmed] = []
    left: dict[str, list[Span]] = {}
    for field, text in texts:
        for span in find(text):
            if text[span.start : span.end] in confirmed or Place(*span) in confirmed:
                on_record.append(Confirmed(*span, field))
            else:
                left.setdefault(field, []).append(span)
    if left:
        raise IdentifiersFound(Found({field: spans[:MOST_TOLD] for field, spans in left.items()}))
    return on_record
