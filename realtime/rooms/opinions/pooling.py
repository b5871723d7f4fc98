"""What many think it is, made one: their log-odds, averaged by weight. The browser has the same function.

Whoever does not name a diagnosis has left it in their rest, and is taken to share that equally among all that they did
not name and something else. Nobody is taken to be surer than 1 in 100, either way: one person's certainty would
otherwise outweigh any number of others. The results make 1 together with `something_else`.
(Satopää et al., Combining multiple probability predictions using a simple logit model, 2014.)
"""

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Final, NamedTuple

import msgspec

from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.wordless import wordless

SUREST: Final = 0.99
DIGITS: Final = 3
UNKNOWN: Final = 1.0
"""What an opinion weighs of whose author too little is known: as much as that of somebody like their peers."""


class Voice(NamedTuple):
    """One person's differential, and its weight beside the others': `UNKNOWN` of whom too little is known."""

    differential: Sequence[Diagnosis]
    weight: float = UNKNOWN


class Pooled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagnosis in the words of who named it first. `named`: so many did, and found it `low` to `high` likely."""

    __repr__ = wordless

    dx: str
    code: str | None = None
    probability: float
    named: int
    low: float
    high: float


class Pool(msgspec.Struct, frozen=True, kw_only=True):
    """The likeliest first. `of`: so many differentials were pooled."""

    of: int
    diagnoses: list[Pooled]
    something_else: float


def pool(voices: Sequence[Voice]) -> Pool:
    """What these think together, rounded to three places; nothing of none. Weights are above 0."""
    named: dict[str, Diagnosis] = {}
    for voice in voices:
        for one in voice.differential:
            named.setdefault(one.key, one)
    if not named:
        return Pool(of=len(voices), diagnoses=[], something_else=0.0)
    shares = [_shares(voice.differential, named) for voice in voices]
    odds = {key: _pooled([share[key] for share in shares], voices) for key in (*named, "")}
    whole = sum(odds.values())
    diagnoses = [_diagnosis(one, odds[key] / whole, voices) for key, one in named.items()]
    return Pool(
        of=len(voices),
        diagnoses=sorted(diagnoses, key=lambda one: -one.probability),
        something_else=round(odds[""] / whole, DIGITS),
    )


def _shares(differential: Sequence[Diagnosis], named: Mapping[str, Diagnosis]) -> dict[str, float]:
    """How likely one person finds each of what is named by anybody, and under "" something else."""
    given = {one.key: one.probability for one in differential}
    rest = max(0.0, 1.0 - sum(given.values()))
    share = rest / (len(named) - len(given) + 1)
    return {key: given.get(key, share) for key in (*named, "")}


def _pooled(shares: Sequence[float], voices: Sequence[Voice]) -> float:
    """The probability whose log-odds are the weighted mean of those of `shares`."""
    weights = [voice.weight for voice in voices]
    sure = [min(SUREST, max(1 - SUREST, share)) for share in shares]
    mean = sum(weight * log(one / (1 - one)) for weight, one in zip(weights, sure, strict=True)) / sum(weights)
    return 1 / (1 + exp(-mean))


def _diagnosis(one: Diagnosis, probability: float, voices: Sequence[Voice]) -> Pooled:
    said = [other.probability for voice in voices for other in voice.differential if other.key == one.key]
    return Pooled(
        dx=one.dx,
        code=one.code,
        probability=round(probability, DIGITS),
        named=len(said),
        low=min(said),
        high=max(said),
    )
