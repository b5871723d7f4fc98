"""The handover note as plain text: for a message, a fax, another record."""

import textwrap
from collections.abc import Iterator
from typing import Final

from persistence.handover import words
from persistence.handover.times import Times
from persistence.handover.words import FRAME, GROUP, TITLE
from realtime.rooms.handover import GROUPS, Advice, Handover

COLUMNS: Final = 88
INDENT: Final = "   "


def as_text(note: Handover, times: Times) -> str:
    """The whole note, lines of at most `COLUMNS` characters where words allow it."""
    return "\n".join(line.rstrip() for line in _lines(note, times)) + "\n"


def _lines(note: Handover, times: Times) -> Iterator[str]:
    yield f"{TITLE.upper()}   as of {times.of(note.as_of)}"
    yield FRAME
    for part in words.isbar(note, times):
        yield from ("", f"{part.letter}  {part.name.upper()}")
        for paragraph in part.paragraphs:
            yield from _wrapped(paragraph)
    for group in GROUPS:
        if advised := note.advised(group):
            yield from ("", GROUP[group].upper())
            for number, advice in enumerate(advised, start=1):
                yield from _advice(number, advice, times)
    if note.questions:
        yield from ("", "OPEN QUESTIONS")
        for question in note.questions:
            asked = f"{words.who(question.by)} to {words.who(question.to)}, {times.of(question.at)}: {question.text}"
            yield from _wrapped(asked)
    yield from ("", "HOW IT STANDS")
    for paragraph in words.endings(note, times):
        yield from _wrapped(paragraph)
    yield from ("", "WHO TOOK PART")
    for by in note.people:
        yield from _wrapped(words.who(by))


def _advice(number: int, advice: Advice, times: Times) -> Iterator[str]:
    yield from _wrapped(advice.text or "(taken back)", f"{number}. ".rjust(len(INDENT)))
    said = (words.claim(advice, times), words.support(advice), *words.remarks(advice))
    for line in (*said, *words.stands(advice), *words.steps(advice, times)):
        yield from _wrapped(line, INDENT, f"{INDENT}{INDENT}")


def _wrapped(paragraph: str, first: str = INDENT, rest: str = INDENT) -> Iterator[str]:
    """`paragraph` in lines; its own breaks stay."""
    for n, line in enumerate(paragraph.splitlines() or [""]):
        before = first if n == 0 else rest
        yield from textwrap.wrap(line, COLUMNS, initial_indent=before, subsequent_indent=rest) or [""]
