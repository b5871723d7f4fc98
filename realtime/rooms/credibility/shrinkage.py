"""How much a few scores say: each person's mean is drawn towards that of their peers, the more the fewer there are.

A person's scores are taken as draws around a mean of their own, and those means as Beta(alpha, beta) among the
physicians of one specialty. Both are fitted to all their scores (empirical Bayes, by the moments of Bühlmann and
Straub). With n[i] scores x[i, j] of person i, whose mean is m[i], of I people and N scores in all:

    mu     = sum x[i, j] / N                                the mean of all
    within = sum (x[i, j] - m[i])^2 / (N - I)               how much one person's scores differ
    apart  = (sum n[i] (m[i] - mu)^2 - (I - 1) within) / (N - sum n[i]^2 / N)      how much people do
    kappa  = within / apart, alpha = mu kappa, beta = (1 - mu) kappa

Then the shrunk mean is (alpha + sum x[i, j]) / (kappa + n[i]): kappa scores weigh as much as what is known of peers.
Bühlmann and Straub, Bulletin of the Swiss Association of Actuaries 70 (1970); Efron and Morris, JASA 70 (1975).
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from realtime.rooms.credibility.scores import WHOLE


class Tally(NamedTuple):
    """Scores of one person, taken together: how many, their sum in thousandths, and the sum of their squares."""

    n: int
    sum: int
    squares: int


class Prior(NamedTuple):
    """Beta(alpha, beta): what is known of a person of whom there is no score yet."""

    alpha: float
    beta: float

    @property
    def strength(self) -> float:
        """As many scores as it weighs."""
        return self.alpha + self.beta

    @property
    def mean(self) -> float:
        """The mean of peers."""
        return self.alpha / self.strength


DEFAULT: Final = Prior(6.0, 4.0)
"""Where fewer than `LEAST_PEOPLE` have been scored twice or more: a mean of 0.6 that weighs ten scores."""
LEAST_PEOPLE: Final = 5
STRENGTHS: Final = (2.0, 200.0)
"""A fit that says more, or less, is one of chance."""


def fitted(tallies: Iterable[Tally]) -> Prior:
    """The prior of those whose scores these are. The same for the same tallies, in whatever order."""
    known = sorted(tally for tally in tallies if tally.n)
    people, n = len(known), sum(tally.n for tally in known)
    if sum(tally.n > 1 for tally in known) < LEAST_PEOPLE:
        return DEFAULT
    mean = sum(tally.sum for tally in known) / n
    within = sum(tally.squares - tally.sum**2 / tally.n for tally in known) / (n - people)
    apart = sum(tally.n * (tally.sum / tally.n - mean) ** 2 for tally in known)
    between = (apart - (people - 1) * within) / (n - sum(tally.n**2 for tally in known) / n)
    least, most = STRENGTHS
    strength = most if between <= 0 else min(most, max(least, within / between))
    return _prior(mean / WHOLE, strength)


def shrunk(tally: Tally, prior: Prior) -> float:
    """The mean that is expected of this person: 0 to 1."""
    return (prior.alpha + tally.sum / WHOLE) / (prior.strength + tally.n)


def _prior(mean: float, strength: float) -> Prior:
    """Neither of both is nothing: no score is ever impossible."""
    inside = min(0.99, max(0.01, mean))
    return Prior(inside * strength, (1 - inside) * strength)
