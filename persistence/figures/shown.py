"""The cases of a month that has ended, as one value: what is read to tell people outside, who may observe some of it.

To whom a case may be shown stands there as it was when its month was made: a switch that is turned counts a bit later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from persistence.figures.making import Accounts, Found, part_of
from persistence.figures.tables import CasePart, CaseShown, CaseTally, CaseWait
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.figures import Measure
from realtime.rooms.parts import Part
from realtime.rooms.tallies import Tally

TOLD: Final = ("corroborated", "disputed", "brier", "leading", "first_three")
"""The tallies that are told outside. Of what was given which probability there are too few."""


class Switched(NamedTuple):
    """What `may_observe` asks of the case that a card is of."""

    observers: ObserverSwitch


class Case(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A case: what it counts as, to whom it may be shown, its intervals, ms, its tallies, and who had which part."""

    specialty: str
    acuity: str
    case: Switched
    closed_at: int | None
    ms: dict[Measure, int] = {}
    tallies: dict[str, Tally] = {}
    parts: list[tuple[str, Part]] = []


_decoder = msgspec.msgpack.Decoder(list[Case])
_encoder = msgspec.msgpack.Encoder()
_switches = msgspec.msgpack.Decoder(ObserverSwitch)


def shown(found: Found, accounts: Accounts) -> bytes:
    """The cases of a month that may be shown to anybody, from all of its rows."""
    waits, tallies, parts = (_by_room(found[model]) for model in (CaseWait, CaseTally, CasePart))
    cases = [
        Case(
            row.specialty,
            row.acuity,
            Switched(_switches.decode(row.switch)),
            row.closed_at,
            {one.measure: one.ms for one in waits[row.room]},
            {one.measure: Tally(one.n, one.hits, one.sum) for one in tallies[row.room] if one.measure in TOLD},
            [(one.person, part_of(one)) for one in parts[row.room] if one.person in accounts],
        )
        for row in found[CaseShown]
        if row.switch is not None
    ]
    return _encoder.encode(cases)


def cases_of(kept: bytes) -> list[Case]:
    """The cases that `shown` kept."""
    return _decoder.decode(kept)


def _by_room(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.room].append(row)
    return found
