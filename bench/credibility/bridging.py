"""What open community notes do with the same data: agreement that bridges, by a matrix factorisation with intercepts.

A rating r of note n by rater u is taken as μ + iᵤ + iₙ + fᵤ·fₙ, fitted by least squares with penalties, the intercepts'
the heavier one; iₙ says how good a note is beyond who tends to agree with whom. Here notes are findings; an author's
standing is the mean iₙ of theirs, and the first three diagnoses of a case are those with the best mean iₙ.
Wojcik et al., Birdwatch: crowd wisdom and bridging algorithms (2022).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from bench.credibility.playing import Held, Played

INTERCEPT_PENALTY: Final = 0.15
FACTOR_PENALTY: Final = 0.03
ROUNDS: Final = 60

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Indices = np.ndarray[Any, np.dtype[np.int64]]


class Bridged(NamedTuple):
    """The intercept of each finding, and the standing of each author."""

    notes: dict[str, float]
    authors: dict[str, float]


def bridged(cases: Sequence[Played], seed: int) -> Bridged:
    """Fit all that was held in `cases`."""
    held = [one for case in cases for one in case.held]
    raters, notes = _numbered([one.by for one in held]), _numbered([one.claim for one in held])
    intercepts = _fitted(
        np.array([raters[one.by] for one in held]),
        np.array([notes[one.claim] for one in held]),
        np.array([float(one.agrees) for one in held]),
        seed,
    )
    found = {claim: float(intercepts[at]) for claim, at in notes.items()}
    return Bridged(found, _of_authors(held, found))


def within_three(cases: Sequence[Played], fit: Bridged) -> float:
    """In what share of `cases` the diagnosis is among the three of the best findings."""
    return sum(case.truth in _first_three(case, fit) for case in cases) / len(cases)


def _first_three(case: Played, fit: Bridged) -> list[str]:
    of: defaultdict[str, list[float]] = defaultdict(list)
    for claim, code in case.claims.items():
        if claim in fit.notes:
            of[code].append(fit.notes[claim])
    return sorted(of, key=lambda code: (-sum(of[code]) / len(of[code]), code))[:3]


def _of_authors(held: Sequence[Held], notes: dict[str, float]) -> dict[str, float]:
    theirs: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one in held:
        theirs[one.author][one.claim] = notes[one.claim]
    return {author: sum(of.values()) / len(of) for author, of in theirs.items()}


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(dict.fromkeys(names))}


def _fitted(by: Indices, note: Indices, rating: Numbers, seed: int) -> Numbers:
    """The intercepts of notes, by alternating least squares."""
    start = np.random.default_rng(seed)
    raters, notes = int(by.max()) + 1, int(note.max()) + 1
    i_by, i_note = np.zeros(raters), np.zeros(notes)
    f_by, f_note = start.normal(0, 0.1, raters), start.normal(0, 0.1, notes)
    mean = float(rating.mean())
    for _ in range(ROUNDS):
        i_by = _intercepts(by, rating - mean - i_note[note] - f_by[by] * f_note[note], raters)
        i_note = _intercepts(note, rating - mean - i_by[by] - f_by[by] * f_note[note], notes)
        left = rating - mean - i_by[by] - i_note[note]
        f_by = _factors(by, left, f_note[note], raters)
        f_note = _factors(note, left, f_by[by], notes)
        mean = float((rating - i_by[by] - i_note[note] - f_by[by] * f_note[note]).mean())
    return i_note


def _intercepts(of: Indices, left: Numbers, count: int) -> Numbers:
    return np.bincount(of, left, count) / (np.bincount(of, minlength=count) + INTERCEPT_PENALTY)


def _factors(of: Indices, left: Numbers, others: Numbers, count: int) -> Numbers:
    return np.bincount(of, left * others, count) / (np.bincount(of, others**2, count) + FACTOR_PENALTY)
