"""The vital signs of a room as they went: the newest of each, which the log has whole."""

from collections.abc import Iterable

import msgspec
from immutables import Map

from realtime.rooms.vitals.vital import Vital
from realtime.rooms.wordless import wordless

MOST_READINGS = 12
"""Of each vital sign; so many of all fit into what somebody is sent who comes in."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """One value with its unit, as it was given. `taken_at`: when it was measured, `said_at`: when told, Unix ms."""

    __repr__ = wordless

    taken_at: int
    value: float
    unit: str
    said_at: int


Readings = Map[str, tuple[Reading, ...]]
"""By name, in the order in which they were told."""


def with_readings(readings: "Readings", values: Iterable[Vital], taken_at: int, said_at: int) -> "Readings":
    """`readings` with what was measured at `taken_at`; of each name the last told stay."""
    for vital in values:
        reading = Reading(taken_at, vital.value, vital.unit, said_at)
        known = (*readings.get(vital.name, ()), reading)
        readings = readings.set(vital.name, known[-MOST_READINGS:])
    return readings
