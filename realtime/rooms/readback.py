"""A read-back: the receiver says in their own words what they heard, so that both know that it was the same."""

import re
from typing import Final
from unicodedata import category

LEAST_WORDS: Final = 3
LEAST_LETTERS: Final = 6

_words = re.compile(r"\w+")


def restates(text: str) -> bool:
    """Whether `text` can say anything again: `ok` cannot. Scripts that part no words are counted by their letters."""
    letters = sum(category(char) == "Lo" for char in text)
    words = set(_words.findall(text.casefold()))
    return len(words) >= LEAST_WORDS or letters >= LEAST_LETTERS
