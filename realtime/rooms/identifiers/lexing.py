"""A text as tokens, and each token as one letter for its class: what the rules are written over."""

import re
from itertools import accumulate
from typing import Final

from realtime.rooms.identifiers.rulebook import ENDINGS, WORDS

MOST_KNOWN: Final = 20_000
LONGEST_KNOWN: Final = 24
LONGEST_ACRONYM: Final = 3
NAMES: Final = "GSEV"
MANY_DIGITS: Final = "∞"
OTHER: Final = "¤"
# Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Thai, full width.
ZEROS: Final = (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xE50, 0xFF10)

# Letters, digits, blanks, or one of anything else: together they are the text, so that places are sums of lengths.
_token: Final = re.compile(r"[^\W0-9_]+|[0-9]+|[ \t\u00a0\u2009\u202f]+|\r?\n\s*|[\s\S]")
_OTHER_DIGITS: Final = {zero + n: str(n) for zero in ZEROS for n in range(10)}
_other_digit: Final = re.compile(f"[{''.join(map(chr, _OTHER_DIGITS))}]").search
_digits: Final = {n: chr(0x2460 + n - 1) if n >= 10 else str(n) for n in range(1, 21)}


class _Classes(dict[str, str]):
    """The class of each token that was met. It starts anew when it has grown large, and keeps no long ones."""

    def __missing__(self, token: str) -> str:
        found = class_of(token)
        if len(token) <= LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[token] = found
        return found


_classes: Final = _Classes()


class Lexed:
    """A text as its tokens: `classes` has one letter for each."""

    __slots__ = ("_starts", "_tokens", "classes")

    def __init__(self, tokens: list[str]) -> None:
        self.classes: Final = "".join(map(_classes.__getitem__, tokens))
        self._tokens = tokens
        self._starts: list[int] = []

    def start_of(self, token: int) -> int:
        """Where in the text the token of this number starts; behind the last one it ends."""
        if not self._starts:  # most texts are not asked
            self._starts = [0, *accumulate(map(len, self._tokens))]
        return self._starts[token]


def plain(text: str) -> str:
    """`text` with the digits of other scripts as 0 to 9, place for place."""
    return text.translate(_OTHER_DIGITS) if not text.isascii() and _other_digit(text) else text


def lexed(text: str) -> Lexed:
    """`text`, which is `plain`, as classes: in time that grows with its length, whatever it is."""
    return Lexed(_token.findall(text))


def class_of(token: str) -> str:
    """One letter: a digit for so many digits, a class of words.json, a blank, or the sign itself."""
    if token[0].isalpha():
        return _word(token)
    if "0" <= token[0] <= "9":
        return _digits.get(len(token), MANY_DIGITS)
    if token.isspace():
        return "\n" if "\n" in token else " "
    return OTHER if token.isalnum() else token


def _word(token: str) -> str:
    low = token.lower()
    known = WORDS.get(low)
    if not token[0].isupper():
        return known[1] if known else "w"
    if len(token) == 1:
        return "a" if token == "A" else "I"
    if token.isupper():
        # What is short and written in capitals throughout stands for something more often than for a name.
        return "U" if known is None or (len(token) <= LONGEST_ACRONYM and known[2] in NAMES) else known[2]
    return known[0] if known else _ending(low)


def _ending(low: str) -> str:
    """Streets are known by how they end in many languages."""
    return next((sign for ending, sign in ENDINGS.items() if low.endswith(ending) and len(low) > len(ending) + 2), "C")
