"""What is said in the famous case: `beats.toml`, as commands of the wire."""

from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import msgspec

from realtime.rooms.commands import AnyCommand

FILE: Final = Path(__file__).with_name("beats.toml")
ROOM: Final = "famous"
"""The room that commands name until they are played in a real one."""


class Beat(msgspec.Struct, frozen=True):
    """That at second `at_s` the person with the handle `who` sends `command`. Its `to` is a handle as well."""

    at_s: float
    who: str
    command: AnyCommand


@cache
def beats() -> list[Beat]:
    """All beats in the order of their times."""
    # Loaded and read when they are first played: a start does without.
    import tomllib

    told = tomllib.loads(FILE.read_text("utf-8"))["beats"]
    made = chain.from_iterable(_beats(f"beat-{number}", **beat) for number, beat in enumerate(told, 1))
    return sorted(made, key=lambda beat: beat.at_s)


def length_s() -> float:
    """Seconds from the start to the last beat."""
    return beats()[-1].at_s


def _beats(name: str, *, at_s: float, who: str | list[str], every_s: float = 0.0, **command: Any) -> list[Beat]:
    """One beat for each of `who`. Posts have an id of their own, which later beats name; other commands need any."""
    handles = [who] if isinstance(who, str) else who
    return [
        Beat(
            at_s + place * every_s,
            handle,
            msgspec.convert({"id": f"{name}-{place}", "room": ROOM, **command}, AnyCommand),
        )
        for place, handle in enumerate(handles)
    ]
