"""One vital sign of a patient, as somebody gave it."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from realtime.rooms.vitals.conversion import to_first
from realtime.rooms.wordless import wordless

MOST_VITALS = 20

Code = Annotated[str, msgspec.Meta(max_length=32)]


class Vital(msgspec.Struct, frozen=True, gc=False):
    """`name` as in the catalogue, `unit` in UCUM. What was given is kept as it was given."""

    __repr__ = wordless

    name: Code
    value: float
    unit: Code


Vitals = Annotated[list[Vital], msgspec.Meta(max_length=MOST_VITALS)]


def by_name(vitals: Iterable[Vital]) -> dict[str, float]:
    """The values in the first unit of each measure; all must have been checked."""
    return {vital.name: to_first(vital.name, vital.value, vital.unit) for vital in vitals}
