"""The tables of the scores, from the data files beside this one, which the browser reads too."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, TypeVar

import msgspec

from realtime.rooms.command import Acuity

T = TypeVar("T")

Steps = list[tuple[float | None, T]]
"""(up to and including, what that gives), in order; the last has no end."""


def table(name: str) -> Any:
    """What stands in the data file `name`."""
    return msgspec.json.decode(files(__package__).joinpath(name).read_bytes())


def step(steps: "Steps[T]", value: float) -> T:
    """What `steps` give for `value`."""
    return next(given for end, given in steps if end is None or value <= end)


SUGGESTIONS: Final[Mapping[str, Mapping[str, Acuity]]] = table("suggestions.json")
