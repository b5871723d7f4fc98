"""The cases of a month that has ended, as one value: what is read to tell people outside, who may observe some of it.

Those that may be shown to the same people and count as the same stand there together. To whom that is stands there as
it was when the month was made: a switch that is turned counts a bit later. Investors wait for the last of those.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from persistence.figures.making import Accounts, Found, part_of
from persistence.figures.tables import CasePart, CaseShown, CaseTally, CaseWait
from persistence.observers.summary import month
from realtime.rooms.case import ObserverSwitch

TOLD: Final = ("corroborated", "disputed", "brier", "leading", "first_three")
"""The tallies that are told outside. Of what was given which probability there are too few."""


class Switched(NamedTuple):
    """What `may_observe` asks of the case that a card is of."""

    observers: ObserverSwitch


class Group(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """So many `cases`: as what they count, to whom they may be shown, and when the last was closed; None: one is open.

    `ms`: their intervals by measure. `tallies`: by measure of how many cases, and their `n`, `hits` and `sum`. `did`:
    for each of `people` the sums of their parts, as `Part` has them; `took`: for each case who of `people` had a part.
    """

    specialty: str
    acuity: str
    case: Switched
    closed_at: int | None
    cases: int
    ms: dict[str, list[int]] = {}
    tallies: dict[str, list[int]] = {}
    people: list[str] = []
    did: list[list[int]] = []
    took: list[list[int]] = []


_decoder = msgspec.msgpack.Decoder(list[Group])
_encoder = msgspec.msgpack.Encoder()
_switches = msgspec.msgpack.Decoder(ObserverSwitch)


def shown(found: Found, accounts: Accounts) -> bytes:
    """The cases of a month that may be shown to anybody, from all of its rows."""
    alike: defaultdict[tuple[str, str, bytes, str], list[Any]] = defaultdict(list)
    for row in found[CaseShown]:
        if row.switch is not None:
            closed = "" if row.closed_at is None else month(row.closed_at)
            alike[row.specialty, row.acuity, row.switch, closed].append(row)
    rows = [_by_room(found[model]) for model in (CaseWait, CaseTally, CasePart)]
    return _encoder.encode([_group(of, rows, accounts) for of in alike.values()])


def groups_of(kept: bytes) -> list[Group]:
    """What `shown` kept."""
    return _decoder.decode(kept)


def _group(cases: Sequence[Any], rows: Sequence[Mapping[str, Sequence[Any]]], accounts: Accounts) -> Group:
    waits, tallies, parts = ([row for case in cases for row in of.get(case.room, ())] for of in rows)
    ms: defaultdict[str, list[int]] = defaultdict(list)
    for row in waits:
        ms[row.measure].append(row.ms)
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 4)
    for row in (row for row in tallies if row.measure in TOLD):
        _add(sums[row.measure], (1, row.n, row.hits, row.sum))
    first = cases[0]
    closed_at = None if first.closed_at is None else max(case.closed_at for case in cases)
    of = (first.specialty, first.acuity, Switched(_switches.decode(first.switch)), closed_at, len(cases))
    return Group(*of, ms, sums, *_doing([row for row in parts if row.person in accounts]))


def _doing(parts: Sequence[Any]) -> tuple[list[str], list[list[int]], list[list[int]]]:
    did: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for row in parts:
        _add(did[row.person], tuple(map(int, part_of(row))))
    place = {person: at for at, person in enumerate(did)}
    took = [[place[row.person] for row in of] for of in _by_room(parts).values()]
    return list(did), list(did.values()), took


def _add(sums: list[int], others: Sequence[int]) -> None:
    for at, other in enumerate(others):
        sums[at] += other


def _by_room(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.room].append(row)
    return found
