"""What was measured and worked out of a patient, and what there is where they are, in the words of a handover note."""

from itertools import groupby

from persistence.handover.times import Times
from realtime.rooms.asking.resources import Resource
from realtime.rooms.handover import Handover
from realtime.rooms.triage.triage import AnyTriage, News2
from realtime.rooms.vitals.catalogue import MEASURES
from realtime.rooms.vitals.readings import Reading

HOURS = {"transfer_hours": "hours of transfer"}


def vitals(note: Handover, times: Times) -> list[str]:
    """The newest of each vital sign as it was given, by when it was measured, the latest first."""
    newest = sorted(((name, readings[-1]) for name, readings in note.vitals.items()), key=_when)
    return [
        f"Measured {times.of(at)}: {', '.join(_reading(name, one) for name, one in those)}."
        for at, those in groupby(newest, key=lambda item: item[1].taken_at)
    ]


def triage(of: AnyTriage | None) -> list[str]:
    """The triage on record, as information."""
    if of is None:
        return []
    band = f" ({of.band.replace('_', ' ')})" if isinstance(of, News2) and of.band else ""
    return [f"{type(of).__struct_config__.tag} {of.value}{band}, version {of.version}."]


def resources(those: list[Resource]) -> list[str]:
    """What there is, what there is not, and how far it is to more."""
    have = [_named(one.name) for one in those if one.value is True]
    lack = [_named(one.name) for one in those if one.value is False]
    said = [f"There: {', '.join(have)}."] if have else []
    said += [f"Not there: {', '.join(lack)}."] if lack else []
    return said + [f"{one.value:g} {HOURS[one.name]}." for one in those if one.name in HOURS]


def _when(item: tuple[str, Reading]) -> tuple[int, int]:
    name, reading = item
    return -reading.taken_at, list(MEASURES).index(name)


def _reading(name: str, reading: Reading) -> str:
    measure = MEASURES[name]
    unit = measure.unit(reading.unit)
    return f"{measure.called.lower()} {reading.value:g} {unit.symbol if unit else reading.unit}"


def _named(name: str) -> str:
    return name.replace("_", " ")
