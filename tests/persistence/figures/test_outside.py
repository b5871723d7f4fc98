"""No small number of cases is told outside, and none can be worked out from what is, with the number of all cases."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from persistence.figures.outside import OF_CASES, told
from persistence.figures.reading import Line, TallyLine
from persistence.figures.shown import Group, Switched
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.figures import MEASURES, Measure
from realtime.rooms.parts import Part
from realtime.rooms.tallies import Tally

ACUITIES = ("stat", "urgent")
# Who has looked at a notice has got it, and who has got it was paged: one count may be taken from the other.
GROUPS = st.lists(st.tuples(st.sampled_from(ACUITIES), st.integers(0, 3), st.integers(0, 25)), max_size=6)


def case(
    acuity: str, ms: dict[Measure, int], tallies: dict[str, Tally] | None = None, parts: Sequence[tuple[str, Part]] = ()
) -> Group:
    """A case by itself."""
    switch = Switched(ObserverSwitch(mode="live", delay_s=0))
    intervals: dict[str, list[int]] = {measure: [one] for measure, one in ms.items()}
    sums = {measure: [1, *tally] for measure, tally in (tallies or {}).items()}
    people, did = [person for person, _ in parts], [list(map(int, part)) for _, part in parts]
    return Group("cardiology", acuity, switch, None, 1, intervals, sums, people, did, [list(range(len(parts)))])


def cases(acuity: str, n: int, *measures: Measure, ms: int = 61_234) -> list[Group]:
    return [case(acuity, dict.fromkeys(measures, ms))] * n


def times(cases: list[Group]) -> list[Line]:
    return told("2026-10", cases).times


def by_measure(lines: list[Line]) -> dict[tuple[str, str], int | None]:
    return {(line.measure, line.acuity): line.n for line in lines}


def test_eleven_are_told_and_ten_are_not() -> None:
    assert by_measure(times(cases("stat", 11, "closed")))["closed", "stat"] == 11
    assert by_measure(times(cases("stat", 10, "closed")))["closed", "stat"] is None


def test_a_few_that_a_measure_is_not_of_hide_it() -> None:
    found = by_measure(times([*cases("stat", 40, "closed"), *cases("stat", 5)]))
    assert found["closed", "stat"] is None


def test_a_few_of_one_acuity_hide_the_others_as_the_sum_is_known() -> None:
    found = by_measure(times([*cases("stat", 40, "closed"), *cases("urgent", 5, "closed")]))
    assert (found["closed", "stat"], found["closed", "urgent"]) == (None, None)


def test_a_few_that_tell_two_measures_apart_hide_the_second() -> None:
    found = by_measure(times([*cases("stat", 40, "paged", "seen"), *cases("stat", 5, "paged"), *cases("stat", 20)]))
    assert (found["paged", "stat"], found["seen", "stat"]) == (45, None)


def test_an_interval_is_told_in_two_digits() -> None:
    (line,) = [line for line in times(cases("stat", 11, "closed")) if line.measure == "closed"]
    assert (line.median_ms, line.p90_ms) == (61_000, 61_000)


@given(GROUPS)
@settings(max_examples=300)
def test_no_sum_or_difference_of_what_is_told_is_small(groups: list[tuple[str, int, int]]) -> None:
    everyone = [case for acuity, upto, n in groups for case in cases(acuity, n, *MEASURES[:upto])]
    lines = [line for line in times(everyone) if line.n is not None]
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


def tallied(n: int, tally: Tally, measure: str = "corroborated", acuity: str = "stat") -> list[Group]:
    return [case(acuity, {}, {measure: tally})] * n


def of(measure: str, cases: list[Group]) -> list[TallyLine]:
    return [line for line in told("2026-10", cases).tallies if line.measure == measure]


def test_a_tally_of_eleven_cases_is_told_with_its_sums() -> None:
    (line,) = of("corroborated", tallied(11, Tally(2, 1)))
    assert (line.cases, line.n, line.hits, line.country) == (11, 22, 11, "*")


def test_a_tally_of_ten_is_not_nor_one_in_which_few_were_so_or_few_were_not() -> None:
    for cases in (
        tallied(10, Tally(2, 1)),
        [*tallied(10, Tally(1, 1)), *tallied(20, Tally(1, 0))],
        [*tallied(20, Tally(1, 1)), *tallied(10, Tally(1, 0))],
    ):
        (line,) = of("corroborated", cases)
        assert (line.cases, line.n, line.hits, line.sum) == (None,) * 4


def test_a_tally_is_told_of_all_acuities_or_of_none() -> None:
    cases = [*tallied(40, Tally(1, 0)), *tallied(5, Tally(1, 0), acuity="urgent")]
    assert [line.cases for line in of("corroborated", cases)] == [None, None]


def test_cases_with_a_hit_more_among_three_than_first_are_not_told_where_they_are_few() -> None:
    both, second = (
        {"leading": Tally(1, 1), "first_three": Tally(1, 1)},
        {"leading": Tally(1), "first_three": Tally(1, 1)},
    )
    neither = {"leading": Tally(1), "first_three": Tally(1)}
    cases = [case("stat", {}, tallies) for tallies, n in ((both, 40), (second, 5), (neither, 40)) for _ in range(n)]
    assert [line.hits for line in of("leading", cases)] == [40]
    assert [line.hits for line in of("first_three", cases)] == [None]


def test_what_was_given_which_probability_is_not_told() -> None:
    assert of("forecast_9", tallied(400, Tally(2, 1), "forecast_9")) == []


def busy(people: int, part: Part) -> list[Group]:
    """Twenty cases in which each of so many people had that part."""
    return [case("stat", {}, parts=[(f"p{n}", part) for n in range(people)])] * 20


def test_thirds_are_told_of_eleven_people_all_together_and_of_fewer_not() -> None:
    part = Part(asked=True, answered=True, opinions=1, hits=1, brier=100)
    (line,) = told("2026-10", busy(11, part)).thirds
    assert (line.third, line.acuity, line.people, line.cases, line.answered) == ("least", "*", 11, 20, 220)
    (hidden,) = told("2026-10", busy(10, part)).thirds
    assert (hidden.people, hidden.cases, hidden.asked, hidden.brier) == (None,) * 4


@given(st.lists(st.tuples(st.sampled_from(ACUITIES), st.integers(0, 3), st.integers(0, 25)), max_size=6))
@settings(max_examples=200)
def test_no_number_of_cases_in_which_the_room_was_right_is_small_nor_of_those_in_which_it_was_not(
    groups: list[tuple[str, int, int]],
) -> None:
    ranks: list[dict[str, Tally]] = [
        {},
        *({"leading": Tally(1, one), "first_three": Tally(1, three)} for one, three in ((0, 0), (0, 1), (1, 1))),
    ]
    everyone = [case(acuity, {}, ranks[rank]) for acuity, rank, n in groups for _ in range(n)]
    lines = [line for line in told("2026-10", everyone).tallies if line.measure in OF_CASES and line.cases is not None]
    for acuity in ACUITIES:
        whole = sum(one.acuity == acuity for one in everyone)
        of_it = [(line.cases or 0, line.hits or 0) for line in lines if line.acuity == acuity]
        known = [n for cases, hits in of_it for n in (cases, hits, cases - hits, whole - cases, whole - hits)]
        known += [abs(one[1] - other[1]) for one, other in combinations(of_it, 2)]
        assert not any(0 < n < 11 for n in known)
