"""Made-up physicians and cases. All chance is a seed's: the same seed makes the same world."""

from collections.abc import Sequence
from math import exp, log, pi, sqrt
from random import Random
from typing import Final, NamedTuple

SKILL_MEAN: Final = 0.62
SKILL_SD: Final = 0.15
RING: Final = 20
TROLL_SHARE: Final = 0.05
TROLL_SKILL: Final = 0.02
HOUSES: Final = 200
CANDIDATES: Final = 9
DIFFICULTY_SD: Final = 1.5
"""Of a case, in log-odds: what is hard for one is hard for all."""
TRUTH_AT: Final = 3
"""Whoever has it wrong finds so many others likelier, before they think of what it is."""


class Physician(NamedTuple):
    """`skill`: the chance that the first diagnosis is right. `shift`: by how much they think too well of themselves."""

    id: str
    skill: float
    shift: float
    house: int
    troll: bool = False
    ring: bool = False


class Problem(NamedTuple):
    """A case: the diagnosis that it is, those that look like it, and how hard it is."""

    truth: str
    others: Sequence[str]
    difficulty: float


class Guess(NamedTuple):
    """A diagnosis that somebody names, and how likely they find it."""

    code: str
    probability: float


def physicians(count: int, random: Random) -> list[Physician]:
    """So many, of whom one in twenty are trolls and the first of the others a ring."""
    whole = SKILL_MEAN * (1 - SKILL_MEAN) / SKILL_SD**2 - 1
    trolls = round(TROLL_SHARE * count)
    made = []
    for n in range(count):
        troll = n >= count - trolls
        skill = TROLL_SKILL if troll else random.betavariate(SKILL_MEAN * whole, (1 - SKILL_MEAN) * whole)
        made.append(Physician(f"p{n}", skill, random.gauss(0.05, 0.08), random.randrange(HOUSES), troll, n < RING))
    return made


def problem(random: Random) -> Problem:
    """A case with codes of its own, as ICD-10 writes them."""
    letter = random.choice("ABCDEFGHIJKLMN")
    codes = [f"{letter}{number:02}" for number in random.sample(range(100), CANDIDATES)]
    return Problem(codes[0], codes[1:], random.gauss(0, DIFFICULTY_SD))


def differential(physician: Physician, case: Problem, random: Random) -> list[Guess]:
    """The three diagnoses that a physician names, the likeliest first; the rest is left to something else."""
    right = random.random() < _chance(physician, case)
    named = [case.truth if right else _drawn(case.others, random)]
    left = [code for code in case.others if code not in named]
    if not right and not physician.troll:
        left.insert(TRUTH_AT, case.truth)
    while len(named) < 3:
        named.append(_drawn(left, random))
        left.remove(named[-1])
    sure = 0.9 if physician.troll else min(0.95, max(0.3, physician.skill + physician.shift + random.gauss(0, 0.1)))
    return [
        Guess(code, round(p, 2)) for code, p in zip(named, (sure, (1 - sure) * 0.5, (1 - sure) * 0.25), strict=True)
    ]


def _chance(physician: Physician, case: Problem) -> float:
    """Over all cases this comes to the skill: what difficulty flattens is made up for (a logistic-normal mean)."""
    steeper = sqrt(1 + pi / 8 * DIFFICULTY_SD**2)
    odds = steeper * log(physician.skill / (1 - physician.skill)) - case.difficulty
    return 1 / (1 + exp(-odds))


def _drawn(codes: Sequence[str], random: Random) -> str:
    """One of these, the earlier the likelier: some look more like it than others."""
    return random.choices(codes, [1 / (n + 1) for n in range(len(codes))])[0]
