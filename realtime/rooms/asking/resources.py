"""What there is where the patient is: advice that cannot be followed there is none."""

from collections.abc import Iterable
from importlib.resources import files
from typing import Annotated, Final

import msgspec

from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.vitals.vital import Code
from realtime.rooms.wordless import wordless


class Resource(msgspec.Struct, frozen=True, gc=False):
    """`value`: whether there is one, or for `transfer_hours` how many. What nobody has said is left out."""

    __repr__ = wordless

    name: Code
    value: bool | float


Resources = Annotated[list[Resource], msgspec.Meta(max_length=40)]


class _Hours(msgspec.Struct, frozen=True):
    least: float
    most: float


class _Data(msgspec.Struct, frozen=True):
    have: list[str]
    hours: dict[str, _Hours]


_data: Final = msgspec.json.decode(files(__package__).joinpath("resources.json").read_bytes(), type=_Data)

HAVE: Final = tuple(_data.have)


def check(resources: Iterable[Resource]) -> None:
    """Return if all are known, once each, and as they are said. Raises `Refused` with a sentence."""
    seen: set[str] = set()
    for one in resources:
        _check(one)
        if one.name in seen:
            raise Refused(Refusal.RESOURCES, f"`{one.name}` is said twice among the resources. Say it once.")
        seen.add(one.name)


def _check(one: Resource) -> None:
    if one.name in _data.have:
        if not isinstance(one.value, bool):
            raise Refused(Refusal.RESOURCES, f"`{one.name}` is there or not: say true or false.")
    elif (hours := _data.hours.get(one.name)) is None:
        known = ", ".join(f"`{name}`" for name in (*_data.have, *_data.hours))
        raise Refused(Refusal.RESOURCES, f"There is no such resource. Take one of {known}.")
    elif isinstance(one.value, bool) or not hours.least <= one.value <= hours.most:
        raise Refused(Refusal.RESOURCES, f"`{one.name}` is hours, from {hours.least:g} to {hours.most:g}. Mend it.")
