"""No small number of cases is told outside, and none can be worked out from what is, with the number of all cases."""

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from persistence.figures.outside import Case, told
from persistence.figures.reading import Line
from realtime.rooms.figures import MEASURES, Measure

ACUITIES = ("stat", "urgent")
# Who has looked at a notice has got it, and who has got it was paged: one count may be taken from the other.
GROUPS = st.lists(st.tuples(st.sampled_from(ACUITIES), st.integers(0, 3), st.integers(0, 25)), max_size=6)


def cases(acuity: str, n: int, *measures: Measure, ms: int = 61_234) -> list[Case]:
    return [Case("cardiology", "2026-10", acuity, dict.fromkeys(measures, ms))] * n


def by_measure(lines: list[Line]) -> dict[tuple[str, str], int | None]:
    return {(line.measure, line.acuity): line.n for line in lines}


def test_eleven_are_told_and_ten_are_not() -> None:
    assert by_measure(told(cases("stat", 11, "closed")))["closed", "stat"] == 11
    assert by_measure(told(cases("stat", 10, "closed")))["closed", "stat"] is None


def test_a_few_that_a_measure_is_not_of_hide_it() -> None:
    found = by_measure(told([*cases("stat", 40, "closed"), *cases("stat", 5)]))
    assert found["closed", "stat"] is None


def test_a_few_of_one_acuity_hide_the_others_as_the_sum_is_known() -> None:
    found = by_measure(told([*cases("stat", 40, "closed"), *cases("urgent", 5, "closed")]))
    assert (found["closed", "stat"], found["closed", "urgent"]) == (None, None)


def test_a_few_that_tell_two_measures_apart_hide_the_second() -> None:
    found = by_measure(told([*cases("stat", 40, "paged", "seen"), *cases("stat", 5, "paged"), *cases("stat", 20)]))
    assert (found["paged", "stat"], found["seen", "stat"]) == (45, None)


def test_an_interval_is_told_in_two_digits() -> None:
    (line,) = [line for line in told(cases("stat", 11, "closed")) if line.measure == "closed"]
    assert (line.median_ms, line.p90_ms) == (61_000, 61_000)


@given(GROUPS)
@settings(max_examples=300)
def test_no_sum_or_difference_of_what_is_told_is_small(groups: list[tuple[str, int, int]]) -> None:
    everyone = [case for acuity, upto, n in groups for case in cases(acuity, n, *MEASURES[:upto])]
    lines = [line for line in told(everyone) if line.n is not None]
    known: list[int] = []
    for acuity in ACUITIES:
        of_it = [line.n or 0 for line in lines if line.acuity == acuity]
        known += of_it + [abs(one - other) for one, other in combinations(of_it, 2)]
    sums = Counter[str]()
    for line in lines:
        sums[line.measure] += line.n or 0
    told_at_all = [sums[line.measure] for line in lines]
    known += told_at_all + [len(everyone) - one for one in told_at_all]
    known += [abs(one - other) for one, other in combinations(told_at_all, 2)]
    assert not any(0 < count < 11 for count in known)
