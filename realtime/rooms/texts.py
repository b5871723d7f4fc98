"""What people write in words that others will read: one table, from which gate, mask and erasure take their fields."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from realtime.rooms.body import Body
from realtime.rooms.command import Command, Evidence
from realtime.rooms.commands import (
    Act,
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    HandOver,
    Outcome,
    Page,
    PollOpen,
    Post,
    Remove,
    Respond,
    Retract,
    Revise,
)
from realtime.rooms.events import (
    Acted,
    Amended,
    Closed,
    Corroborated,
    HandOverAsked,
    OutcomeGiven,
    Paged,
    PollOpened,
    Posted,
    Removed,
    Responded,
    Retracted,
    Revised,
)
from realtime.rooms.identifiers.references import is_reference

_SAID: Final[tuple[tuple[type[Command], type[Body], tuple[str, ...]], ...]] = (
    (Post, Posted, ("text",)),
    (Amend, Amended, ("text",)),
    (Retract, Retracted, ("reason",)),
    (Corroborate, Corroborated, ("note",)),
    (Act, Acted, ("read_back", "reason")),
    (PollOpen, PollOpened, ("question", "options")),
    (HandOver, HandOverAsked, ("note",)),
    (Respond, Responded, ("read_back", "reason")),
    (Remove, Removed, ("reason",)),
    (Page, Paged, ("note",)),
    (Revise, Revised, ("background", "assessment", "request")),
    (Close, Closed, ("disposition", "summary")),
    (
        Outcome,
        OutcomeGiven,
        ("diagnosis", "how_known", "advice_used", "state_24h", "state_7d", "harm"),
    ),
)
"""A command, the event that it makes, and the fields of words that both have. What is never shown is left out."""

ASKED: Final[Mapping[type[Command], tuple[str, ...]]] = {command: fields for command, _, fields in _SAID}
WRITTEN: Final[Mapping[type[Body], tuple[str, ...]]] = {body: fields for _, body, fields in _SAID}
CASE_WRITTEN: Final = ("title", "situation", "background", "assessment", "request")
"""The fields of words of a case, as it is asked for and as it is on record."""

DIAGNOSIS_WRITTEN: Final = ("dx",)
"""The fields of words of a line of a differential."""

EVIDENCE_WRITTEN: Final = ("level", "scheme", "question_type")
"""The fields of words of a piece of evidence; its `ref` is one where it is `in_words`."""


def texts_of(command: AnyCommand) -> Iterator[tuple[str, str]]:
    """(field, text) of `command`, in the order of its fields, then of its differential or evidence."""
    yield from texts_in(command, ASKED.get(type(command), ()))
    for n, one in enumerate(getattr(command, "differential", ())):
        for field, text in texts_in(one, DIAGNOSIS_WRITTEN):
            yield f"differential.{n}.{field}", text
    for n, item in enumerate(getattr(command, "evidence", None) or ()):
        if in_words(item):
            yield f"evidence.{n}", item.ref
        for field, text in texts_in(item, EVIDENCE_WRITTEN):
            yield f"evidence.{n}.{field}", text


def texts_in(value: object, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(field, text) of those of `fields` in which `value` has words; of a list each with its place, as `options.0`."""
    for field in fields:
        match getattr(value, field):
            case str(text):
                yield field, text
            case list(texts):
                yield from ((f"{field}.{n}", text) for n, text in enumerate(texts))


def reworded(value: object, fields: tuple[str, ...], word: Callable[[str], str]) -> dict[str, Any]:
    """Those of `fields` that are other words once `word` has made others of each text."""
    changed: dict[str, Any] = {}
    for field in fields:
        match getattr(value, field):
            case str(text) if (other := word(text)) != text:
                changed[field] = other
            case list(texts) if (others := [word(text) for text in texts]) != texts:
                changed[field] = others
    return changed


def in_words(item: Evidence) -> bool:
    """Whether the reference is words, to be looked at as any others: all that is not written as its type is."""
    return not is_reference(item.type, item.ref)
