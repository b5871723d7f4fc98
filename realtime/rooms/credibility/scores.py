"""How good a differential was, once the diagnosis is known: Brier's score and the logarithmic one.

What somebody leaves to “something else” is spread thin over all diagnoses that they did not name: it counts for none.
So nobody gains by naming what is surely wrong and leaving the rest open, and saying nothing is worth a half.
"""

from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple, Protocol

from realtime.rooms.credibility.diagnoses import Called, same

WHOLE: Final = 1_000
"""Scores are kept in thousandths: sums of them are exact, in whatever order."""
LEAST: Final = 0.01
"""Who gave less to what it was is taken to have given this: one such opinion outweighs no hundred others."""


class Named(Protocol):
    """One entry of a differential. `probability`: 0 to 1."""

    @property
    def dx(self) -> str: ...

    @property
    def code(self) -> str | None: ...

    @property
    def probability(self) -> float: ...


class Forecast(NamedTuple):
    """A probability that somebody gave to a diagnosis, and whether that was it."""

    probability: float
    hit: bool


def forecasts(differential: Iterable[Named], truth: Called) -> list[Forecast]:
    """What a differential comes to: entries that name `truth`, however, are one."""
    hit, found = 0.0, []
    named = False
    for entry in differential:
        if same(Called(entry.dx, entry.code), truth):
            hit, named = hit + entry.probability, True
        else:
            found.append(Forecast(entry.probability, False))
    return [Forecast(min(hit, 1.0), True), *found] if named else found


def quadratic(given: Sequence[Forecast]) -> int:
    """1 - B / 2 in thousandths, of Brier's B = sum (p - o)^2 over all diagnoses; 1,000: all on what it was.

    With nothing on it B is 1 + sum p^2. The score is strictly proper: it is best, on average, to say what one believes.
    Brier, Monthly Weather Review 78 (1950); Gneiting and Raftery, JASA 102 (2007).
    """
    truth = _on_truth(given)
    wrong = sum(one.probability**2 for one in given if not one.hit)
    return round(WHOLE * (1 - ((1 - truth) ** 2 + wrong) / 2))


def logarithmic(given: Sequence[Forecast]) -> int:
    """-ln p of what it was, in thousandths; p at least `LEAST`. Good, JRSS B 14 (1952). Less is better."""
    return round(-WHOLE * log(max(_on_truth(given), LEAST)))


def _on_truth(given: Sequence[Forecast]) -> float:
    return next((one.probability for one in given if one.hit), 0.0)
