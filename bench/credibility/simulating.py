"""One simulation: physicians, cases to learn from, cases to try what was learnt on, and what is measured."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from bench.credibility import bridging
from bench.credibility.judging import mean_weights, record, within_three
from bench.credibility.measures import percentiles, ring_ratio, spearman
from bench.credibility.playing import Played, played
from bench.credibility.world import Physician, physicians
from realtime.rooms.credibility.weighing import LEAST_SHOWN


class Size(NamedTuple):
    """How many physicians and cases; the last `tried` cases are kept for trying."""

    people: int = 2_000
    cases: int = 5_000
    tried: int = 1_000


WHOLE: Final = Size()


class Point(NamedTuple):
    """A physician with ten scored opinions or more: the skill they were given, and the credibility that was found."""

    skill: float
    credibility: float
    kind: str


class Found(NamedTuple):
    """What a simulation comes to. `ring_weight`, `ring_standing`: over those of honest peers of equal skill."""

    seed: int
    size: Size
    known: int
    rank_correlation: float
    bridging_correlation: float
    ring_weight: float
    ring_standing: float
    bridging_ring_standing: float
    one_alone: float
    pooled_alike: float
    pooled_weighed: float
    bridging_pooled: float
    points: list[Point]


def simulate(seed: int, size: Size = WHOLE) -> Found:
    """Play `size`, and measure. The same seed gives the same."""
    random = Random(seed)
    people = physicians(size.people, random)
    cases = [played(people, f"r{n}", random) for n in range(size.cases)]
    learnt, tried = cases[: -size.tried], cases[-size.tried :]
    whole, before = record(cases), record(learnt)
    fit = bridging.bridged(cases, seed)
    seen = [one for one in people if one.id in whole.tallies and whole.tallies[one.id].n >= LEAST_SHOWN]
    return Found(
        seed=seed,
        size=size,
        known=len(seen),
        rank_correlation=_with_skill(seen, whole.calibration),
        bridging_correlation=_with_skill(seen, fit.authors),
        ring_weight=ring_ratio(people, mean_weights(cases, people, whole)),
        ring_standing=ring_ratio(people, percentiles(whole.calibration)),
        bridging_ring_standing=ring_ratio(people, percentiles(fit.authors)),
        one_alone=_alone(tried),
        pooled_alike=within_three(tried, None),
        pooled_weighed=within_three(tried, before),
        bridging_pooled=bridging.within_three(tried, fit),
        points=[Point(one.skill, whole.calibration[one.id], _kind(one)) for one in seen],
    )


def _with_skill(people: Sequence[Physician], value: Mapping[str, float]) -> float:
    both = [(one.skill, value[one.id]) for one in people if one.id in value]
    return spearman([skill for skill, _ in both], [found for _, found in both])


def _alone(cases: Sequence[Played]) -> float:
    """In what share of differentials the diagnosis is among the three."""
    named = [case.truth in (code for code, _ in guesses) for case in cases for guesses in case.named.values()]
    return sum(named) / len(named)


def _kind(one: Physician) -> str:
    return "troll" if one.troll else "ring" if one.ring else "honest"
