"""When two diagnoses are the same one: by their codes where both have one, or by their words, folded."""

import re
from typing import Final, NamedTuple
from unicodedata import combining, normalize

_CODE: Final = r"[A-TV-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?"
_in_front = re.compile(rf"\s*({_CODE})(?:[\s:,\u2013-]+(.*))?", re.DOTALL)
_behind = re.compile(rf"(.*?)[\s,\u2013-]*[(\[]\s*({_CODE})\s*[)\]]\s*", re.DOTALL)
_between = re.compile(r"[\W_]+")


class Called(NamedTuple):
    """What a diagnosis is called: its words, and its code of ICD-10 where it was given."""

    words: str
    code: str | None = None


def read(text: str) -> Called:
    """The diagnosis that `text` says; a code may stand in front of the words, or behind them in brackets."""
    if found := _behind.fullmatch(text):
        return Called(found[1].strip(), found[2])
    if found := _in_front.fullmatch(text):
        return Called((found[2] or "").strip(), found[1])
    return Called(text.strip())


def same(one: Called, other: Called) -> bool:
    """Whether both are one diagnosis: a code that begins with the other's is the same, said more precisely."""
    codes = [(diagnosis.code or "").replace(".", "").upper() for diagnosis in (one, other)]
    if all(codes) and (codes[0].startswith(codes[1]) or codes[1].startswith(codes[0])):
        return True
    words = folded(one.words)
    return bool(words) and words == folded(other.words)


def folded(words: str) -> str:
    """`words` without case, accents and marks, one space between each two."""
    plain = "".join(char for char in normalize("NFKD", words.casefold()) if not combining(char))
    return _between.sub(" ", plain).strip()
