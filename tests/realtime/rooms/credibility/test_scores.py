from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as some

from realtime.rooms.credibility.diagnoses import Called
from realtime.rooms.credibility.scores import Forecast, forecasts, logarithmic, quadratic

TRUTH = Called("Krait bite", "T63")


class Entry(NamedTuple):
    dx: str
    probability: float
    code: str | None = None


def said(*entries: tuple[str, float]) -> list[Forecast]:
    return forecasts([Entry(dx, probability) for dx, probability in entries], TRUTH)


def test_all_on_what_it_was_is_the_best_and_all_on_what_it_was_not_the_worst() -> None:
    assert quadratic(said(("Krait bite", 1.0))) == 1_000
    assert quadratic(said(("Stroke", 1.0))) == 0
    assert quadratic([]) == 500


def test_a_score_by_hand() -> None:
    """B = (1 - 0.6)² + 0.3² = 0.25."""
    assert quadratic(said(("Krait bite", 0.6), ("Stroke", 0.3))) == 875
    assert logarithmic(said(("Krait bite", 0.6), ("Stroke", 0.3))) == 511


def test_entries_that_name_the_same_are_one() -> None:
    given = forecasts([Entry("krait bite", 0.3), Entry("Envenoming", 0.4, "T63.0"), Entry("Stroke", 0.1)], TRUTH)
    assert given == [Forecast(0.7, True), Forecast(0.1, False)]


def test_to_leave_all_open_gains_nothing() -> None:
    assert quadratic(said(("Stroke", 0.01))) <= 500


def test_what_was_ruled_out_costs_no_more_than_a_bound() -> None:
    assert logarithmic(said(("Stroke", 0.5))) == logarithmic(said(("Krait bite", 0.0001))) == 4_605


@given(some.floats(0.05, 0.95), some.floats(0.0, 1.0))
def test_it_is_best_to_say_what_one_believes(belief: float, other: float) -> None:
    """Of cases that are so as often as one believes: whatever else is said scores no better on average."""

    def expected(p: float) -> float:
        hit = quadratic([Forecast(p, True), Forecast(1 - p, False)])
        miss = quadratic([Forecast(p, False), Forecast(1 - p, True)])
        return belief * hit + (1 - belief) * miss

    assert expected(other) <= expected(belief) + 1
