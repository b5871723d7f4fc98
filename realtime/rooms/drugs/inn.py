"""The INN of drugs that a text names otherwise: `inn.json` has the names, which the browser reads as well.

Adrenaline and epinephrine are one drug, and who reads may know only one of the two. Nothing is ever put into a text.
"""

import re
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec


class Named(NamedTuple):
    """A place in a text, in code points, where a drug is named, and its `inn`."""

    start: int
    end: int
    inn: str


_drugs: Final[dict[str, list[str]]] = msgspec.json.decode(files(__package__).joinpath("inn.json").read_bytes())["drugs"]
_inn_of: Final = {name.casefold(): inn for inn, names in _drugs.items() for name in (inn, *names)}
# The longest name that fits: "glyceryl trinitrate" is one.
_find: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_inn_of, key=lambda name: (-len(name), name))))})(?!\w)", re.IGNORECASE
)


def mentioned(text: str) -> list[Named]:
    """Where `text` names a drug by any of its names, in order."""
    return [Named(match.start(), match.end(), _inn_of[match[0].casefold()]) for match in _find.finditer(text)]


def named(text: str) -> list[Named]:
    """Where `text` names a drug otherwise than by its INN, in order."""
    return [one for one in mentioned(text) if text[one.start : one.end].casefold() != one.inn.casefold()]


def other_names(name: str) -> tuple[str, ...]:
    """Every name of the drug that has the name `name`; none where that is no drug of the list."""
    inn = _inn_of.get(name.casefold())
    return () if inn is None else (inn, *_drugs[inn])


def glossary(text: str) -> dict[str, str]:
    """By INN the first other name that `text` has for it, as it is written there, in the order of the text."""
    names: dict[str, str] = {}
    for start, end, inn in named(text):
        names.setdefault(inn, text[start:end])
    return names
