"""The arithmetic of bias watch: figures from the literature, and what holds for all figures."""

from itertools import combinations
from math import comb
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.bias.concentration import concentration, gini, top_share
from persistence.bias.exact import exact_p
from persistence.bias.proportions import Share, Stratum, newcombe, wilson, within
from tests.vectors.reading import vectors

VECTORS: Final = vectors("bias")
COUNTS: Final = st.lists(st.integers(0, 1_000), max_size=30)


@st.composite
def strata(draw: st.DrawFn, most: int = 40) -> Stratum:
    """A stratum of up to `most` people on each side, at least one."""
    awarded, others = draw(st.integers(1, most)), draw(st.integers(1, most))
    return stratum(draw(st.integers(0, awarded)), awarded, draw(st.integers(0, others)), others)


def stratum(favourable: int, awarded: int, others_favourable: int, others: int) -> Stratum:
    return Stratum(Share(favourable, awarded), Share(others_favourable, others))


def of(kind: str) -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in VECTORS if one["kind"] == kind]


@pytest.mark.parametrize("vector", of("newcombe"))
def test_newcombes_interval_is_that_of_the_paper(vector: dict[str, Any]) -> None:
    found = newcombe(stratum(*vector["strata"][0]))
    assert [round(one, 4) for one in found] == [vector["difference"], vector["low"], vector["high"]]


@pytest.mark.parametrize("vector", of("exact"))
def test_the_exact_test_is_fishers(vector: dict[str, Any]) -> None:
    assert exact_p(stratum(*one) for one in vector["strata"]) == pytest.approx(vector["p"], abs=1e-6)


@pytest.mark.parametrize("vector", of("within"))
def test_strata_weigh_as_mantel_and_haenszel_say(vector: dict[str, Any]) -> None:
    found = within([stratum(*one) for one in vector["strata"]])
    assert found is not None
    assert found.difference == pytest.approx(vector["difference"])


@pytest.mark.parametrize("vector", of("gini"))
def test_concentration_is_what_its_formula_says(vector: dict[str, Any]) -> None:
    assert gini(vector["counts"]) == pytest.approx(vector["gini"])
    assert top_share(vector["counts"]) == pytest.approx(vector["top_share"])


@given(COUNTS)
def test_gini_lies_between_nothing_and_one_and_knows_no_order(counts: list[int]) -> None:
    assert 0.0 <= gini(counts) < 1.0
    assert gini(counts) == pytest.approx(gini(counts[::-1]))
    assert gini([7 * one for one in counts]) == pytest.approx(gini(counts))


@given(st.lists(st.integers(1, 100), min_size=2, max_size=20), st.data())
def test_who_gives_to_one_who_has_less_makes_it_more_even(counts: list[int], data: st.DataObject) -> None:
    ordered = sorted(counts, reverse=True)
    at = data.draw(st.integers(1, len(ordered) - 1))
    if ordered[0] - ordered[at] >= 2:
        moved = [ordered[0] - 1, *ordered[1:]]
        moved[at] += 1
        assert gini(moved) < gini(ordered)


@given(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 50), max_size=10))
def test_holders_are_those_who_have_any(counts: dict[str, int]) -> None:
    found = concentration(counts)
    assert (found.holders, found.total) == (sum(one > 0 for one in counts.values()), sum(counts.values()))
    assert counts.get(found.top, 0) == max(counts.values(), default=0)


@given(strata())
def test_intervals_hold_what_they_are_of_and_turn_with_the_sides(one: Stratum) -> None:
    low, high = wilson(one.awarded)
    assert 0.0 <= low <= one.awarded.value + 1e-9 and one.awarded.value - 1e-9 <= high <= 1.0
    found, turned = newcombe(one), newcombe(Stratum(one.others, one.awarded))
    assert -1.0 <= found.low <= found.difference + 1e-9 and found.difference - 1e-9 <= found.high <= 1.0
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low))


@given(strata())
def test_one_stratum_is_what_it_is_by_itself(one: Stratum) -> None:
    assert within([one, stratum(0, 0, 3, 5)]) == pytest.approx(newcombe(one))
    assert within([one, one]) is not None
    assert within([stratum(0, 0, 3, 5)]) is None


@given(st.lists(strata(most=6), min_size=1, max_size=3))
def test_p_is_the_share_of_all_drawings_that_are_no_likelier(some: list[Stratum]) -> None:
    drawn = drawings(some)
    total, found = sum(drawn.values()), sum(one.awarded.favourable for one in some)
    expected = sum(ways for ways in drawn.values() if ways <= drawn[found]) / total
    assert exact_p(some) == pytest.approx(expected)


@given(st.lists(strata(), max_size=4))
def test_p_is_a_chance_and_knows_no_sides(some: list[Stratum]) -> None:
    p = exact_p(some)
    assert 0.0 < p <= 1.0
    assert exact_p(Stratum(one.others, one.awarded) for one in some) == pytest.approx(p)


def test_counting_ways_is_drawing_people_one_by_one() -> None:
    people = [True, True, False, False, False]
    drawn = [sum(some) for some in combinations(people, 2)]
    assert drawings([stratum(1, 2, 1, 3)]) == {k: drawn.count(k) for k in (0, 1, 2)}


def drawings(some: list[Stratum]) -> dict[int, int]:
    """In how many ways each number of favourable ones is drawn among the awarded, in whole numbers."""
    found = {0: 1}
    for one in some:
        favourable = one.awarded.favourable + one.others.favourable
        other = one.awarded.all + one.others.all - favourable
        most = min(favourable, one.awarded.all)
        ways = {k: comb(favourable, k) * comb(other, one.awarded.all - k) for k in range(most + 1)}
        sums: dict[int, int] = {}
        for before, many in found.items():
            for k, few in ways.items():
                if few:
                    sums[before + k] = sums.get(before + k, 0) + many * few
        found = sums
    return found
