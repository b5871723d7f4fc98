"""A small run of the simulation: credibility follows skill, a ring gains nothing, and a pool is better than one."""

from random import Random

import pytest

from bench.credibility.measures import percentiles, ring_ratio, spearman
from bench.credibility.playing import played
from bench.credibility.report import picture, table
from bench.credibility.simulating import Found, Size, simulate
from bench.credibility.world import Physician, physicians


@pytest.fixture(scope="module")
def found() -> Found:
    """300 physicians and 750 cases: as many opinions of each as in the large run."""
    return simulate(8, Size(300, 750, 200))


def test_credibility_follows_skill_and_better_than_agreement_does(found: Found) -> None:
    assert found.known > 280
    assert found.rank_correlation > 0.75
    assert found.rank_correlation > found.bridging_correlation


def test_a_ring_gains_nothing_by_agreeing_with_itself(found: Found) -> None:
    assert found.ring_weight < 1.05


def test_a_pool_by_credibility_is_right_more_often_than_one_alone_and_than_a_pool_of_all_alike(found: Found) -> None:
    assert found.pooled_weighed > 0.85 > found.one_alone
    assert found.pooled_weighed >= found.pooled_alike


def test_a_seed_makes_the_same_world_again() -> None:
    assert simulate(3, Size(60, 150, 20)) == simulate(3, Size(60, 150, 20))
    assert simulate(3, Size(60, 150, 20)) != simulate(4, Size(60, 150, 20))


def test_a_report_has_a_line_for_each_measure_and_a_mark_for_each_physician(found: Found) -> None:
    assert len(list(table(found))) == 11
    assert picture(found).count('fill-opacity="0.6"') == found.known


def test_ranks_that_are_equal_are_shared() -> None:
    assert spearman([1, 2, 3], [10, 20, 30]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert percentiles({"a": 1.0, "b": 1.0, "c": 2.0, "d": 3.0}) == {"a": 0.375, "b": 0.375, "c": 0.75, "d": 1.0}


def test_a_ring_is_compared_with_honest_peers_of_its_skill() -> None:
    people = [
        Physician("r", 0.6, 0, 0, ring=True),
        Physician("a", 0.61, 0, 1),
        Physician("b", 0.9, 0, 2),
        Physician("t", 0.6, 0, 3, troll=True),
    ]
    assert ring_ratio(people, {"r": 0.5, "a": 1.0, "b": 9.0, "t": 7.0}) == 0.5


def test_everybody_whom_a_case_seats_gives_an_opinion_and_writes_a_finding() -> None:
    random = Random(1)
    case = played(physicians(60, random), "r0", random)
    kinds = [event.kind for event in case.log]
    assert (kinds[0], kinds[-1]) == ("opened", "outcome")
    assert (kinds.count("opined"), kinds.count("post"), kinds.count("corroborated")) == (10, 10, len(case.held))
