"""From one unit into another. The same steps as web/ui/src/vitals/conversion.ts, so both have the same digits."""

from math import floor

from realtime.rooms.vitals.catalogue import MEASURES, Unit


def rounded(value: float, decimals: int) -> float:
    """`value` with so many decimals, halves up."""
    scale: int = 10**decimals
    return floor(value * scale + 0.5) / scale


def to_first(name: str, value: float, unit: str) -> float:
    """`value` in the first unit of its measure, in full."""
    given = _unit(name, unit)
    return (value - given.zero) * given.times / given.by


def converted(name: str, value: float, unit: str, into: str) -> float:
    """`value` in the unit `into`, rounded as that is read."""
    wanted = _unit(name, into)
    if unit == into:
        return value
    return rounded(to_first(name, value, unit) * wanted.by / wanted.times + wanted.zero, wanted.decimals)


def _unit(name: str, code: str) -> Unit:
    unit = MEASURES[name].unit(code)
    if unit is None:
        raise ValueError(f"{name} has no such unit")
    return unit
