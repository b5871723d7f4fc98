from random import Random

import pytest

from realtime.rooms.credibility.shrinkage import DEFAULT, Prior, Tally, fitted, shrunk


def tally(*scores: int) -> Tally:
    return Tally(len(scores), sum(scores), sum(score**2 for score in scores))


def test_a_few_scores_say_little_and_many_say_much() -> None:
    prior = Prior(6.0, 4.0)
    assert shrunk(Tally(0, 0, 0), prior) == prior.mean == 0.6
    assert shrunk(tally(1_000), prior) == pytest.approx(7 / 11)
    assert shrunk(Tally(990, 990_000, 990_000_000), prior) == pytest.approx(996 / 1_000)


def test_of_few_people_nothing_is_fitted() -> None:
    assert fitted([tally(0, 1_000)] * 4 + [tally(1_000)]) == DEFAULT
    assert fitted([]) == DEFAULT


def test_where_people_differ_peers_weigh_little_and_where_they_do_not_much() -> None:
    differ = [tally(*[900, 920] * 5), tally(*[100, 120] * 5)] * 5
    alike = [tally(*[0, 1_000] * 5)] * 10
    assert fitted(differ).strength < 5 < 150 < fitted(alike).strength
    assert fitted(differ).mean == pytest.approx(0.51)


def test_the_prior_that_scores_were_drawn_from_is_found() -> None:
    random = Random(7)
    means = [random.betavariate(12, 8) for _ in range(800)]
    found = fitted(tally(*(1_000 * (random.random() < mean) for _ in range(20))) for mean in means)
    assert found.mean == pytest.approx(0.6, abs=0.02)
    assert found.strength == pytest.approx(20, rel=0.25)


def test_a_fit_is_the_same_in_whatever_order() -> None:
    random = Random(3)
    people = [tally(*(random.randrange(1_000) for _ in range(random.randrange(1, 30)))) for _ in range(50)]
    assert fitted(people) == fitted(random.sample(people, len(people)))
