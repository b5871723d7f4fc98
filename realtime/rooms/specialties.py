"""The specialties, as data: `specialties.json` says what each is called, found by, and how near it is to the others.

The browser reads the same file (web/ui/build/specialties.ts). `nucc` is the code of the Health Care Provider Taxonomy
(National Uniform Claim Committee) where it has one. A code that is not in the file is as near as its own letters.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

Nearness = Literal["same", "narrower", "broader", "related"]
"""How somebody's specialty stands to the one that is wanted, nearest first: paediatric cardiology is a narrower one
to who wants cardiology, cardiology a broader one to who wants paediatric cardiology."""
NEARNESS: Final[tuple[Nearness, ...]] = ("same", "narrower", "broader", "related")


class Specialty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file. Who is of it answers to all `within` as well; `near` are those who know much of it.

    `also`: words by which it is found.
    """

    code: str
    name: str
    nucc: str = ""
    within: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    also: str = ""


SPECIALTIES: Final[Mapping[str, Specialty]] = {
    one.code: one
    for one in msgspec.json.decode(
        files(__package__).joinpath("specialties.json").read_bytes(), type=tuple[Specialty, ...]
    )
}


@lru_cache(1_024)
def wider(code: str) -> frozenset[str]:
    """What who is of `code` answers to beside it."""
    one = SPECIALTIES.get(code)
    within = one.within if one is not None else ()
    return frozenset(within).union(*map(wider, within))


@lru_cache(1_024)
def answering(code: str) -> Mapping[str, Nearness]:
    """Every specialty that answers to `code`, with how near it is."""
    one = SPECIALTIES.get(code)
    related = set(one.near if one is not None else ())
    related.update(other.code for other in SPECIALTIES.values() if code in other.near)
    narrower = [other for other in SPECIALTIES if code in wider(other)]
    found: dict[str, Nearness] = {}
    groups: tuple[Iterable[str], ...] = ([code], narrower, wider(code), related)
    for nearness, group in reversed(tuple(zip(NEARNESS, groups, strict=True))):
        found.update(dict.fromkeys(group, nearness))
    return found


def all_answering(wanted: Iterable[str]) -> Mapping[str, Nearness]:
    """Every specialty that answers to any of those `wanted`, with how near it is to the nearest of them."""
    found: dict[str, Nearness] = {}
    for near in map(answering, wanted):
        found.update({code: _nearer(near[code], found.get(code)) for code in near})
    return found


def nearest(near: Mapping[str, Nearness], held: Iterable[str]) -> Nearness | None:
    """How near the nearest of the `held` specialties is, `near` being all that answer; None where none does."""
    return min((near[code] for code in held if code in near), key=NEARNESS.index, default=None)


def _nearer(one: Nearness, other: Nearness | None) -> Nearness:
    return one if other is None else min(one, other, key=NEARNESS.index)
