"""What characters look like (Unicode UTS 39), read once from the data file beside this one."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from realtime.rooms import handles

FILE: Final = Path(__file__).with_name("confusables.json")


class _File(msgspec.Struct):
    source: str
    unicode: str
    date: str
    alike: dict[str, str]


@cache
def alike() -> dict[str, str]:
    """Each character that looks like another text, and that text."""
    read = msgspec.json.decode(FILE.read_bytes(), type=_File)
    return {char: text for text, chars in read.alike.items() for char in chars}


def looks(handle: str) -> str:
    """The same for all handles that look like this one."""
    return handles.skeleton(handle, alike())
