"""Texts as they come into a room: whole, or refused."""

import re
from typing import TypeVar

from realtime.rooms.refusals import Refusal, Refused

A = TypeVar("A", str | None, bool | str | None)

# One set of signs is looked for three times as fast as one pattern or another.
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A carriage return is part of a line break or nothing that a reader should meet.
_bare_return = re.compile(r"\r(?!\n)")


def clean(text: str) -> str:
    """`text` itself: nothing is ever stripped from what was written. Raises `Refused` on control characters."""
    if _control.search(text) or ("\r" in text and _bare_return.search(text)):
        raise Refused(Refusal.CONTROL_CHARACTERS)
    return text


def said(text: str) -> str:
    """`text`, which is not empty. Raises `Refused`."""
    if not text.strip():
        raise Refused(Refusal.EMPTY_TEXT)
    return clean(text)


def worded(answer: A) -> A:
    """A yes, a no, or words without control characters; no words are none. Raises `Refused`."""
    return answer if not isinstance(answer, str) else clean(answer) or None
