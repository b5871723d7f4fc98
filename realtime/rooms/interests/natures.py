"""The natures of an interest, those of Open Payments: `natures.json` has each with the words of the files."""

from importlib.resources import files
from typing import Final

import msgspec


class _Data(msgspec.Struct):
    natures: dict[str, list[str]]


NATURES: Final = msgspec.json.decode(files(__package__).joinpath("natures.json").read_bytes(), type=_Data).natures
"""By code the words with which files write it."""


def nature_of(words: str) -> str | None:
    """The code of the nature that a file writes so; None where there is none."""
    return _codes.get(_plain(words))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


_codes: Final = {_plain(words): code for code, many in NATURES.items() for words in many}
