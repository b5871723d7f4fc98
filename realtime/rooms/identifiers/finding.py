"""Where a text could tell who somebody is."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from realtime.rooms.identifiers.checks import passes
from realtime.rooms.identifiers.lexing import lexed, plain
from realtime.rooms.identifiers.remembering import Remembered
from realtime.rooms.identifiers.rulebook import RAW, RULES, STRICT, Rule, Rules

# A number that goes on: 7 in 3-7-12/04.
_NUMBER_BEFORE: Final = re.compile(r"(?:.?[0-9⑩-⑳∞]|[0-9⑩-⑳∞][-./,:])").fullmatch


class Span(NamedTuple):
    """From `start` up to `end`, in code points, `rule` found something."""

    start: int
    end: int
    rule: str


def found(text: str) -> list[Span]:
    """The places of `text` that look like identifiers (45 CFR 164.514(b)(2)(i)), in order; none overlaps another."""
    return apart(_by_rules(text))


def found_strictly(text: str) -> list[Span]:
    """More than `found`: anything name-like, any day, any long number."""
    return apart(_strictly(text))


def looked(text: str) -> tuple[Span, ...]:
    """All that the gate's rules find, looked for anew: of this `found` makes its list, and remembers it."""
    text = plain(text)
    return (*_raw_finds(text), *_finds(text, RULES))


def _looked_strictly(text: str) -> tuple[Span, ...]:
    return (*_by_rules(text), *_finds(plain(text), STRICT))


# The gate looks first, the mask soon after; of what waits for a commit the gate looks every second.
_by_rules: Final = Remembered(looked)
_strictly: Final = Remembered(_looked_strictly)


def _raw_finds(text: str) -> Iterator[Span]:
    for rule in RAW.likely(text):
        yield from _matches(rule, text, text, int)


def _finds(text: str, rules: Rules) -> Iterator[Span]:
    line = lexed(text)
    for rule in rules.likely(line.classes):
        yield from _matches(rule, line.classes, text, line.start_of)


def _matches(rule: Rule, line: str, text: str, start_of: Callable[[int], int]) -> Iterator[Span]:
    """What `rule` finds in `line`, whose signs start in `text` where `start_of` says.

    The next is looked for behind the last, or from the next sign on where none was.
    """
    search, group, at = rule.find.search, rule.find.groups, 0
    # Of a text in which one thing stands a thousand times each is checked once.
    passed: dict[str, bool] = {}
    while match := search(line, at):
        first, end = match.span(group)
        start, stop = start_of(first), start_of(end)
        if rule.apart and _NUMBER_BEFORE(line, max(0, first - 2), first):
            at = first + 1
            continue
        words = text[start:stop]
        if (holds := passed.get(words)) is None:
            holds = passed[words] = passes(rule.check, words)
        if holds:
            yield Span(start, stop, rule.rule)
            at = max(end, at + 1)
        else:
            at = end if rule.skip else max(first, match.start()) + 1


def apart(spans: Iterable[Span]) -> list[Span]:
    """In order of place; of two that overlap the one that starts first, then the one whose rule comes first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
