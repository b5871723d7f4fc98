from hypothesis import given
from hypothesis import strategies as st

from persistence.figures.quantiles import BUCKETS_S, cell

INTERVALS = st.lists(st.integers(0, 10**12), min_size=1)


def test_of_nothing_there_is_no_cell() -> None:
    assert cell([]) is None


def test_the_median_and_the_ninth_decile_are_by_nearest_rank() -> None:
    found = cell([1_000 * n for n in range(10, 0, -1)])
    assert found is not None and (found.n, found.median_ms, found.p90_ms, found.sum_ms) == (10, 5_000, 9_000, 55_000)


def test_an_interval_on_a_bound_is_within_it_and_one_beyond_the_last_is_counted() -> None:
    found = cell([5_000, 5_001, 10**12])
    assert found is not None and (found.counts[0], found.counts[1], found.counts[-1]) == (1, 1, 1)


@given(INTERVALS)
def test_nine_tenths_wait_no_longer_than_the_ninth_decile(intervals: list[int]) -> None:
    found = cell(intervals)
    assert found is not None and found.p90_ms in intervals and found.median_ms in intervals
    assert 10 * sum(one <= found.p90_ms for one in intervals) >= 9 * len(intervals)
    assert 10 * sum(one < found.p90_ms for one in intervals) < 9 * len(intervals)


@given(INTERVALS)
def test_every_interval_is_in_one_bucket(intervals: list[int]) -> None:
    found = cell(intervals)
    assert found is not None and sum(found.counts) == found.n == len(intervals)
    for n, bound_s in enumerate(BUCKETS_S):
        assert sum(found.counts[: n + 1]) == sum(one <= 1_000 * bound_s for one in intervals)
