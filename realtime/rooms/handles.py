"""Handles: what one may be written with, and when two of them look the same (Unicode UTS 39 §4)."""

from collections.abc import Mapping
from typing import Final
from unicodedata import category, normalize

HANDLE_CHARS: Final = 64

# What is not seen, or turns what stands beside it around: controls, formats (bidi, zero width, tags), private use,
# surrogates, unassigned, separators of lines. Braille's blank and the fillers are letters that nobody sees.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_BLANK: Final = frozenset("\u00a0\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_MOST_MARKS: Final = 3


def wrong_with(handle: str) -> str | None:
    """What is wrong with this handle and what to do, in a sentence; None where it may be taken."""
    if not handle or handle != handle.strip() or len(handle) > HANDLE_CHARS:
        return f"A handle has 1 to {HANDLE_CHARS} characters and no space at its ends."
    if handle != normalize("NFC", handle) or any(map(_unseen, handle)):
        return "A handle has visible characters only, in Unicode's composed form (NFC)."
    if _piled(handle):
        return f"A handle has at most {_MOST_MARKS} marks on one letter."
    return None


def skeleton(handle: str, alike: Mapping[str, str]) -> str:
    """The same text for all handles that look like this one, in whatever script and case.

    `alike`: what each character looks like (UTS 39's prototypes). Marks stay: `peña` is not `pena`.
    """
    return _prototype(_prototype(handle, alike).casefold(), alike)


def _prototype(text: str, alike: Mapping[str, str]) -> str:
    mapped = "".join(alike.get(char, char) for char in normalize("NFD", text))
    return normalize("NFD", mapped)


def _unseen(char: str) -> bool:
    if category(char) in _UNSEEN or char in _BLANK or any(ord(char) in some for some in _SELECTORS):
        return True
    return category(char) == "Zs" and char != " "


def _piled(handle: str) -> bool:
    marks = 0
    for char in normalize("NFD", handle):
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            return True
    return False
