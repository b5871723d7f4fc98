"""Months in a row."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.months import Period, last_months, months_after
from persistence.observers.summary import month


def ms(*date: int) -> int:
    return int(datetime(*date, tzinfo=UTC).timestamp() * 1_000)  # type: ignore[arg-type, misc]


def test_a_period_ends_where_the_next_month_begins() -> None:
    assert (Period("2026-11", "2026-12").begins_at, Period("2026-11", "2026-12").ends_at) == (
        ms(2026, 11, 1),
        ms(2027, 1, 1),
    )


@pytest.mark.parametrize(
    ("one", "months", "found"), [("2026-12", 1, "2027-01"), ("2026-01", -1, "2025-12"), ("2026-05", -24, "2024-05")]
)
def test_months_go_on_over_the_turn_of_a_year(one: str, months: int, found: str) -> None:
    assert months_after(one, months) == found


@given(st.integers(0, ms(2100, 1, 1)), st.integers(1, 60))
def test_the_last_months_are_so_many_and_end_with_now(now_ms: int, months: int) -> None:
    found = last_months(months, now_ms)
    assert (found.months, found.last) == (months, month(now_ms))
    assert found.begins_at <= now_ms < found.ends_at
    assert (month(found.begins_at), month(found.ends_at - 1)) == (found.first, found.last)
