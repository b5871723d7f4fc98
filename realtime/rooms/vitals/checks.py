"""What is refused among vital signs: names and units that nobody here reads, and what no patient has."""

from collections.abc import Iterable
from typing import Final

from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.vitals.catalogue import MEASURES, Measure, Unit
from realtime.rooms.vitals.conversion import converted, rounded, to_first
from realtime.rooms.vitals.vital import Vital

OLDEST_MS: Final = 7 * 86_400_000
AHEAD_MS: Final = 300_000


def check(vitals: Iterable[Vital]) -> None:
    """Return if all of `vitals` can be read and meant. Raises `Refused`, with a sentence that holds no value."""
    seen: set[str] = set()
    for vital in vitals:
        _check(vital)
        if vital.name in seen:
            raise Refused(Refusal.VITALS, f"`{vital.name}` is given twice. Give each vital sign once.")
        seen.add(vital.name)


def check_taken(taken_at: int, now_ms: int) -> None:
    """Return if vital signs may have been taken then. Clocks differ by some minutes. Raises `Refused`."""
    if not now_ms - OLDEST_MS <= taken_at <= now_ms + AHEAD_MS:
        raise Refused(Refusal.VITALS_WHEN)


def _check(vital: Vital) -> None:
    measure = MEASURES.get(vital.name)
    if measure is None:
        raise Refused(Refusal.VITALS, f"There is no such vital sign. Take one of {_listed(MEASURES)}.")
    unit = measure.unit(vital.unit)
    if unit is None:
        units = _listed(one.unit for one in measure.units)
        raise Refused(Refusal.VITALS, f"`{measure.name}` is not measured in that unit. Give it in {units}.")
    if not measure.low <= to_first(vital.name, vital.value, vital.unit) <= measure.high:
        raise Refused(Refusal.VITALS, f"No patient has that `{measure.name}`. It is {_limits(measure, unit)}.")
    if vital.value != rounded(vital.value, unit.decimals):
        raise Refused(Refusal.VITALS, f"`{measure.name}` has {_decimals(unit)} in {_named(unit)}. Round it.")


def _limits(measure: Measure, unit: Unit) -> str:
    first = measure.units[0].unit
    low, high = (converted(measure.name, limit, first, unit.unit) for limit in (measure.low, measure.high))
    return f"from {low:g} to {high:g} {unit.symbol}".rstrip()


def _decimals(unit: Unit) -> str:
    return "no decimals" if unit.decimals == 0 else f"at most {unit.decimals} decimal"


def _named(unit: Unit) -> str:
    return unit.symbol or unit.unit


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
