"""Real names as registers write them: when two of them are the same person's."""

import re
from typing import Final, Literal
from unicodedata import category, normalize

Likeness = Literal["same", "near", "other"]
"""`near`: a human must look, as where only an initial agrees."""

# Letters that no decomposition takes apart, as registers without them write them.
_DOTLESS: Final = "\N{LATIN SMALL LETTER DOTLESS I}"
_PLAIN: Final = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", _DOTLESS: "i", "ħ": "h", "ŧ": "t"}
)
_apostrophes = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`\N{ACUTE ACCENT}]")
_words = re.compile(r"\w+")


def normalised(name: str) -> str:
    """`name` in small letters without accents, its words parted by one space: `O'Brien-Müller` is `obrien muller`."""
    letters = normalize("NFKD", name.casefold()).translate(_PLAIN)
    bare = "".join(letter for letter in letters if category(letter) != "Mn")
    return " ".join(_words.findall(_apostrophes.sub("", bare)))


def likeness(family: str, given: str, entry_family: str, entry_given: str) -> Likeness:
    """How a person's names compare with those of a register's entry, all normalised.

    Either may leave out one of several family names, or all given names but the first.
    """
    mine, theirs = set(family.split()), set(entry_family.split())
    if not mine or not theirs or not (mine <= theirs or theirs <= mine):
        return "other"
    first, entry_first = given.split()[:1], entry_given.split()[:1]
    if not first or not entry_first:
        return "near"
    if first == entry_first:
        return "same"
    if first[0][0] == entry_first[0][0] and 1 in (len(first[0]), len(entry_first[0])):
        return "near"
    return "near" if first[0] in entry_given.split() or entry_first[0] in given.split() else "other"
