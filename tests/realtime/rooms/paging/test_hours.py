from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from realtime.rooms.paging.hours import Local, Span, WeeklySpan, local, resting

NIGHT = Span("22:00", "07:00")
WORK = [WeeklySpan(day, "08:00", "18:00") for day in (1, 2, 3, 4, 5)]
BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> int:
    return round(datetime.fromisoformat(text + "+00:00").timestamp() * 1_000)


@pytest.mark.parametrize(
    ("clock", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("06:59", True), ("07:00", False)]
)
def test_quiet_hours_go_over_midnight(clock: str, quiet: bool) -> None:
    assert resting(Local(3, clock), [], NIGHT) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("12:59", False), ("13:00", True), ("13:59", True), ("14:00", False)])
def test_quiet_hours_may_be_in_the_day(clock: str, quiet: bool) -> None:
    assert resting(Local(3, clock), [], Span("13:00", "14:00")) is quiet


def test_quiet_hours_that_end_as_they_begin_are_the_whole_day() -> None:
    assert resting(Local(3, "12:00"), [], Span("07:00", "07:00"))


def test_who_named_no_hours_is_reached_at_any() -> None:
    assert not resting(Local(7, "03:00"), [], None)


@pytest.mark.parametrize(
    ("day", "clock", "quiet"),
    [(1, "07:59", True), (1, "08:00", False), (5, "17:59", False), (5, "18:00", True), (6, "12:00", True)],
)
def test_outside_the_weekly_hours_it_is_quiet(day: int, clock: str, quiet: bool) -> None:
    assert resting(Local(day, clock), WORK, None) is quiet


@pytest.mark.parametrize(("day", "quiet"), [(7, False), (1, False), (2, True)])
def test_weekly_hours_of_sunday_night_end_on_monday(day: int, quiet: bool) -> None:
    clock = "23:00" if day == 7 else "05:00"
    assert resting(Local(day, clock), [WeeklySpan(7, "22:00", "06:00")], None) is quiet


def test_quiet_hours_count_within_weekly_ones() -> None:
    assert resting(Local(1, "12:30"), WORK, Span("12:00", "13:00"))


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        ("2026-03-29T00:59", "01:59"),  # the clocks go from 02:00 to 03:00
        ("2026-03-29T01:00", "03:00"),
        ("2026-10-25T00:30", "02:30"),  # and from 03:00 to 02:00
        ("2026-10-25T01:30", "02:30"),
        ("2026-10-25T02:00", "03:00"),
    ],
)
def test_a_night_on_which_the_clocks_change_ends_by_the_clock(moment: str, clock: str) -> None:
    at = local(utc(moment), BERLIN)
    assert at == Local(7, clock)
    assert resting(at, [], Span("22:00", "03:00")) is (clock < "03:00")


def test_the_day_is_the_one_of_the_zone() -> None:
    assert local(utc("2026-01-04T23:30"), ZoneInfo("Asia/Kathmandu")) == Local(1, "05:15")
    assert local(utc("2026-01-05T00:30"), ZoneInfo("America/Lima")) == Local(7, "19:30")
