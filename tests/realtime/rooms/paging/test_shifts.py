from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.rooms.paging.shifts import Shift, duties, on_duty, whole, wrong_with

BERLIN = ZoneInfo("Europe/Berlin")
DAY_MS = 86_400_000


def shift(starts: str, ends: str, every_weeks: int = 0, until: str | None = None) -> Shift:
    last = date.fromisoformat(until) if until else None
    return Shift(datetime.fromisoformat(starts), datetime.fromisoformat(ends), every_weeks, last)


def at(text: str, zone: ZoneInfo = BERLIN) -> int:
    """Unix ms of a local time."""
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1_000)


NIGHT = shift("2026-03-02T20:00", "2026-03-03T08:00")  # a Monday
EACH_MONDAY = NIGHT._replace(every_weeks=1)


@pytest.mark.parametrize(
    ("moment", "on"),
    [
        ("2026-03-02T19:59", False),
        ("2026-03-02T20:00", True),
        ("2026-03-03T07:59", True),
        ("2026-03-03T08:00", False),
        ("2026-03-09T21:00", False),
    ],
)
def test_a_shift_comes_once_and_ends_when_it_says(moment: str, on: bool) -> None:
    assert on_duty(NIGHT, BERLIN, at(moment)) is on


@pytest.mark.parametrize(
    ("moment", "on"),
    [("2026-02-23T21:00", False), ("2026-03-09T21:00", True), ("2026-03-10T08:00", False), ("2031-03-03T21:00", True)],
)
def test_a_shift_that_comes_each_week_does_so_from_its_first(moment: str, on: bool) -> None:
    assert on_duty(EACH_MONDAY, BERLIN, at(moment)) is on


def test_three_who_take_turns_have_every_week_and_none_has_two() -> None:
    turns = [shift(f"2026-03-{day:02}T08:00", f"2026-03-{day + 7:02}T08:00", 3) for day in (2, 9, 16)]
    for weeks in range(30):
        moment = at("2026-03-02T08:00") + weeks * 7 * DAY_MS + 3 * DAY_MS
        assert [on_duty(one, BERLIN, moment) for one in turns].count(True) == 1
        assert on_duty(turns[weeks % 3], BERLIN, moment)


def test_a_repeating_shift_ends_before_its_last_day() -> None:
    ending = EACH_MONDAY._replace(until=date(2026, 3, 16))
    assert on_duty(ending, BERLIN, at("2026-03-09T21:00"))
    assert not on_duty(ending, BERLIN, at("2026-03-16T21:00"))
    assert whole(ending, BERLIN).ends_at == at("2026-03-10T08:00")


def test_a_shift_keeps_to_the_clock_on_the_wall_in_summer() -> None:
    assert on_duty(EACH_MONDAY, BERLIN, at("2026-07-06T20:00"))
    assert not on_duty(EACH_MONDAY, BERLIN, at("2026-07-06T19:59"))


@pytest.mark.parametrize(("night", "hours"), [("2026-03-28", 11), ("2026-10-24", 13), ("2026-06-06", 12)])
def test_a_night_on_which_the_clocks_change_is_an_hour_shorter_or_longer(night: str, hours: int) -> None:
    morning = str(date.fromisoformat(night).replace(day=int(night[-2:]) + 1))
    duty = whole(shift(f"{night}T20:00", f"{morning}T08:00"), BERLIN)
    assert duty.ends_at - duty.starts_at == hours * 3_600_000


def test_a_time_that_the_clocks_skip_is_as_much_later() -> None:
    assert whole(shift("2026-03-29T02:30", "2026-03-29T08:00"), BERLIN).starts_at == at("2026-03-29T03:30")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (shift("2026-03-02T20:00", "2026-03-02T20:00"), "ends after it starts"),
        (shift("2026-03-02T20:00", "2026-03-17T20:01"), "at most 14 days"),
        (shift("2026-03-02T20:00", "2026-03-03T08:00", 53), "1 to 52 weeks"),
        (shift("2026-03-02T20:00", "2026-03-10T08:00", 1), "before it comes again"),
        (shift("2026-03-02T20:00", "2026-03-03T08:00", 1, "2026-03-02"), "a later day"),
    ],
)
def test_what_is_wrong_with_a_shift_is_said(wrong: Shift, says: str) -> None:
    assert says in (wrong_with(wrong) or "")


def test_nothing_is_wrong_with_a_week_that_comes_each_week() -> None:
    assert wrong_with(shift("2026-03-02T08:00", "2026-03-09T08:00", 1)) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.integers(1, 7 * 24 * 60),
    st.integers(0, 4),
    st.integers(0, 400 * 24 * 60),
)
def test_duties_are_those_that_a_walk_through_all_weeks_finds(
    starts: datetime, minutes: int, every_weeks: int, later: int
) -> None:
    one = Shift(starts.replace(second=0, microsecond=0), starts, every_weeks)
    one = one._replace(ends=one.starts + timedelta(minutes=minutes))
    moment = at("2026-01-01T00:00") + later * 60_000
    weeks = range(0, 120, every_weeks) if every_weeks else range(1)
    walked = [whole(_moved(one, week), BERLIN) for week in weeks]
    assert on_duty(one, BERLIN, moment) is any(duty.starts_at <= moment < duty.ends_at for duty in walked)
    assert duties(one, BERLIN, moment, moment + 9 * DAY_MS) == [
        duty for duty in walked if duty.ends_at > moment and duty.starts_at < moment + 9 * DAY_MS
    ]


def _moved(one: Shift, weeks: int) -> Shift:
    later = timedelta(weeks=weeks)
    return Shift(one.starts + later, one.ends + later)
