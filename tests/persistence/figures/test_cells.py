"""Cells are what a count of the rows that they are of gives, whatever those are."""

from hypothesis import given
from hypothesis import strategies as st

from persistence.figures.cells import ALL, Of, buckets, tallies, waits, wider
from persistence.figures.quantiles import cell

OF = st.builds(
    Of, st.sampled_from(("stat", "urgent")), st.sampled_from(("", "cardiology")), st.sampled_from(("", "KE"))
)
MEASURE = st.sampled_from(("one", "other"))
INTERVALS = st.lists(st.tuples(OF, MEASURE, st.integers(0, 10**9)), max_size=20)
TALLIES = st.lists(st.tuples(OF, MEASURE, st.tuples(*(st.integers(0, 99),) * 3)), max_size=20)


def fits(of: Of, place: Of) -> bool:
    return all(wanted in (ALL, value) for value, wanted in zip(of, place, strict=True))


def test_a_case_is_in_its_own_cell_and_in_those_of_several() -> None:
    of = Of("stat", "cardiology", "KE")
    assert len(set(wider(of))) == 8
    assert wider(of)[0] == of
    assert Of(ALL, ALL, ALL) in wider(of)


@given(INTERVALS)
def test_a_cell_of_intervals_is_of_all_that_it_is_of(intervals: list[tuple[Of, str, int]]) -> None:
    found = waits(intervals)
    for (of, measure), one in found.items():
        mine = [ms for whose, which, ms in intervals if which == measure and fits(whose, of)]
        assert one == cell(mine)
    assert sum(one.n for (of, _), one in found.items() if set(of) == {ALL}) == len(intervals)
    assert sum(buckets(found).values()) == len(intervals)


@given(TALLIES)
def test_a_cell_of_tallies_is_their_sum(rows: list[tuple[Of, str, tuple[int, int, int]]]) -> None:
    for (of, measure), sums in tallies(rows).items():
        mine = [one for whose, which, one in rows if which == measure and fits(whose, of)]
        assert sums == (len(mine), *(sum(each) for each in zip(*mine, strict=True)))
