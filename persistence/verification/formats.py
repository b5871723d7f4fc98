"""The formats of licences, read once from the data files in `licences/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from realtime.rooms.licences import Format

FOLDER: Final = Path(__file__).with_name("licences")


@cache
def formats() -> dict[tuple[str, str], Format]:
    """Every format by country and register; of each country the usual one first."""
    read = [msgspec.convert(tomllib.loads(file.read_text("utf-8")), Format) for file in sorted(FOLDER.glob("*.toml"))]
    return {(one.country, one.register): one for one in read}


def format_of(country: str, register: str) -> Format | None:
    """The format of this register, where one is known."""
    return formats().get((country, register))
