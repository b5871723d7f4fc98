"""What the product makes of played cases, by its own functions: calibration, weights, pools."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bench.credibility.playing import Held, Played, agreements
from bench.credibility.world import Physician
from realtime.rooms.credibility.independence import Tie, independence
from realtime.rooms.credibility.scoring import scored
from realtime.rooms.credibility.shrinkage import Prior, Tally, fitted, shrunk
from realtime.rooms.credibility.weighing import LEAST_SHOWN, corroboration_weight, pooling_weight
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.pooling import Voice, pool


class Record(NamedTuple):
    """What cases say of people: their opinions' scores, the prior fitted to these, and of each the shrunk mean."""

    tallies: Mapping[str, Tally]
    prior: Prior
    calibration: Mapping[str, float]

    def trusted(self, person: str) -> float:
        """The calibration that counts: their own from ten scored opinions on, before that their peers'."""
        known = self.tallies.get(person)
        return self.prior.mean if known is None or known.n < LEAST_SHOWN else self.calibration[person]


def record(cases: Sequence[Played]) -> Record:
    """Score the logs of `cases`."""
    scores: defaultdict[str, list[int]] = defaultdict(list)
    for case in cases:
        for item in scored(case.log).items:
            if item.kind == "opinion":
                scores[item.person].append(item.score)
    tallies = {person: Tally(len(of), sum(of), sum(one * one for one in of)) for person, of in scores.items()}
    prior = fitted(tallies.values())
    return Record(tallies, prior, {person: shrunk(tally, prior) for person, tally in tallies.items()})


def mean_weights(cases: Sequence[Played], people: Sequence[Physician], known: Record) -> dict[str, float]:
    """What the agreement of each weighs on average, of all who agreed with anything."""
    houses = {one.id: one.house for one in people}
    graph = Graph(*agreements([case.held for case in cases]))
    weights: defaultdict[str, list[float]] = defaultdict(list)
    for case in cases:
        for held in case.held:
            if held.agrees:
                tie = graph.tie(held, same_institution=houses[held.by] == houses[held.author])
                weights[held.by].append(corroboration_weight(known.trusted(held.by), independence(tie)))
    return {person: sum(of) / len(of) for person, of in weights.items()}


class Graph:
    """Who agreed with whom: how many findings, in how many rooms."""

    def __init__(self, posts: Counter[tuple[str, str]], rooms: Counter[tuple[str, str]]) -> None:
        self._posts, self._rooms = posts, rooms
        self._given, self._received = Counter[str](), Counter[str]()
        for (by, author), n in posts.items():
            self._given[by] += n
            self._received[author] += n
        self._all = posts.total()

    def tie(self, held: Held, *, same_institution: bool) -> Tie:
        """The summary that independence is told by."""
        there, back = (held.by, held.author), (held.author, held.by)
        return Tie(
            same_institution=same_institution,
            rooms=(self._rooms[there], self._rooms[back]),
            posts=(self._posts[there], self._posts[back]),
            expected=(self._expected(*there), self._expected(*back)),
        )

    def _expected(self, by: str, author: str) -> float:
        return self._given[by] * self._received[author] / self._all


def within_three(cases: Sequence[Played], known: Record | None) -> float:
    """In what share of `cases` the pool has the diagnosis among its first three; weighed by `known`, or all alike."""
    return sum(case.truth in _first_three(case, known) for case in cases) / len(cases)


def _first_three(case: Played, known: Record | None) -> list[str]:
    voices = [
        Voice(
            [Diagnosis(dx=code, code=code, probability=p) for code, p in guesses],
            1.0 if known is None else pooling_weight(known.trusted(person), known.prior.mean),
        )
        for person, guesses in case.named.items()
    ]
    return [one.code or one.dx for one in pool(voices).diagnoses[:3]]
