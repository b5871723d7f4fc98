"""What many think, made one. Examples by hand; the laws by random opinions."""

from math import isclose
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.pooling import Pool, Voice, pool

WORDS: Final = ["Sepsis", "Malaria", "Typhoid", "Dengue", "Leptospirosis", "Meningitis"]


def voices(*differentials: dict[str, float]) -> list[Voice]:
    return [Voice([Diagnosis(dx, probability) for dx, probability in one.items()]) for one in differentials]


def likely(pooled: Pool) -> dict[str, float]:
    return {one.dx: one.probability for one in pooled.diagnoses}


def test_nothing_is_made_of_nothing() -> None:
    assert pool([]) == Pool(of=0, diagnoses=[], something_else=0.0)


def test_one_alone_is_taken_at_their_word() -> None:
    assert likely(pool(voices({"Sepsis": 0.6, "Malaria": 0.3}))) == {"Sepsis": 0.6, "Malaria": 0.3}


def test_two_of_one_mind_think_together_what_each_does() -> None:
    assert likely(pool(voices({"Sepsis": 0.7}, {"Sepsis": 0.7}))) == {"Sepsis": 0.7}


def test_opposite_odds_meet_in_the_middle() -> None:
    pooled = pool(voices({"Sepsis": 0.8, "Malaria": 0.2}, {"Sepsis": 0.2, "Malaria": 0.8}))
    assert likely(pooled) == pytest.approx({"Sepsis": 0.49, "Malaria": 0.49}, abs=0.011)


def test_the_spread_stands_beside_it_and_the_words_are_those_of_who_said_it_first() -> None:
    (one,) = pool(voices({"Sepsis": 0.9}, {"  sepsis ": 0.4})).diagnoses
    assert (one.dx, one.named, one.low, one.high) == ("Sepsis", 2, 0.4, 0.9)


def test_a_code_makes_two_the_same_whatever_the_words_and_none_differ_by_it() -> None:
    heart = [Diagnosis("Heart attack", 0.5, "I21"), Diagnosis("Myocardial infarction", 0.6, "I21")]
    (one,) = pool([Voice([item]) for item in heart]).diagnoses
    assert (one.dx, one.code, one.named) == ("Heart attack", "I21", 2)
    apart = pool([Voice([Diagnosis("Heart attack", 0.5)]), Voice([Diagnosis("Heart attack", 0.5, "I21")])])
    assert len(apart.diagnoses) == 2


def test_a_greater_weight_pulls_the_pool_to_its_side() -> None:
    sure, unsure = (one for one in voices({"Sepsis": 0.9}, {"Sepsis": 0.2}))
    even = likely(pool([sure, unsure]))["Sepsis"]
    assert likely(pool([sure._replace(weight=3.0), unsure]))["Sepsis"] > even
    assert likely(pool([sure, unsure._replace(weight=3.0)]))["Sepsis"] < even


def test_one_who_is_certain_does_not_outvote_all_others() -> None:
    pooled = likely(pool(voices({"Malaria": 1.0}, *[{"Sepsis": 0.9}] * 4)))
    assert pooled["Sepsis"] > 0.5 > pooled["Malaria"]


DIFFERENTIALS: Final = st.dictionaries(st.sampled_from(WORDS), st.floats(0.001, 1), min_size=1).map(
    lambda one: {dx: probability / max(1.0, sum(one.values())) for dx, probability in one.items()}
)


@given(st.lists(DIFFERENTIALS, min_size=1, max_size=12))
def test_the_pool_makes_one_and_lies_within_what_is_possible(differentials: list[dict[str, float]]) -> None:
    pooled = pool(voices(*differentials))
    assert isclose(sum(likely(pooled).values()) + pooled.something_else, 1, abs_tol=0.005)
    assert all(0 <= one.probability <= 1 and one.low <= one.high for one in pooled.diagnoses)
    assert pooled.diagnoses == sorted(pooled.diagnoses, key=lambda one: -one.probability)
    assert set(likely(pooled)) == {dx for one in differentials for dx in one}


@given(st.lists(DIFFERENTIALS, min_size=1, max_size=6))
def test_who_comes_first_changes_nothing(differentials: list[dict[str, float]]) -> None:
    there, back = pool(voices(*differentials)), pool(voices(*reversed(differentials)))
    assert likely(there) == pytest.approx(likely(back), abs=0.002)
