"""One vital sign of a patient, as somebody gave it."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from realtime.rooms.vitals.conversion import to_first
from realtime.rooms.wordless import wordless

MOST_VITALS = 20

Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,32}$(?!\n)")]
UnitCode = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9/%._{}\[\]-]{1,16}$(?!\n)")]


class Vital(msgspec.Struct, frozen=True, gc=False):
    """`name` as in the catalogue, `unit` in UCUM. What was given is kept as it was given."""

    __repr__ = wordless

    name: Code
    value: float
    unit: UnitCode


Time = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""Unix ms."""
VitalSigns = Annotated[list[Vital], msgspec.Meta(max_length=MOST_VITALS)]


def by_name(vitals: Iterable[Vital]) -> dict[str, float]:
    """The values in the first unit of each measure; all must have been checked."""
    return {vital.name: to_first(vital.name, vital.value, vital.unit) for vital in vitals}
