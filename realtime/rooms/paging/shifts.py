"""Shifts of people on call, in the local time of their institution: once, or again every so many weeks.

A shift begins and ends when the clock on the wall shows it, so a night on which the clocks change is an hour shorter or
longer. A time that the clocks skip is as much later; of one that they show twice the first counts.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

MOST_DAYS: Final = 14
MOST_WEEKS: Final = 52
_WEEK: Final = timedelta(weeks=1)
# Clocks are nowhere changed by more at once; what is compared without a zone is off by no more.
_MARGIN: Final = timedelta(days=2)


class Shift(NamedTuple):
    """From `starts` to `ends`, local times without a zone. `every_weeks` 0: once. `until`: no later one begins then."""

    starts: datetime
    ends: datetime
    every_weeks: int = 0
    until: date | None = None


class Duty(NamedTuple):
    """One time that a shift comes, Unix ms."""

    starts_at: int
    ends_at: int


def wrong_with(shift: Shift) -> str | None:
    """What cannot be with this shift, and what to do: a sentence; None where nothing is wrong."""
    length = shift.ends - shift.starts
    if not timedelta() < length <= timedelta(days=MOST_DAYS):
        return f"A shift ends after it starts, at most {MOST_DAYS} days later. Split a longer one."
    if not 0 <= shift.every_weeks <= MOST_WEEKS:
        return f"A shift comes once (0), or again every 1 to {MOST_WEEKS} weeks."
    if shift.every_weeks and length > shift.every_weeks * _WEEK:
        return "A shift ends before it comes again. Shorten it, or let it come less often."
    if shift.until is not None and shift.until <= shift.starts.date():
        return "A shift that comes again does so until a later day than its first."
    return None


def duties(shift: Shift, zone: tzinfo, from_ms: int, to_ms: int) -> list[Duty]:
    """Each time that the shift comes and is not over at `from_ms`, begun before `to_ms`."""
    first = datetime.fromtimestamp(from_ms / 1_000, zone).replace(tzinfo=None) - _MARGIN
    last = datetime.fromtimestamp(to_ms / 1_000, zone).replace(tzinfo=None) + _MARGIN
    found = (_duty(shift, zone, later) for later in _again(shift, first, last))
    return [one for one in found if one.ends_at > from_ms and one.starts_at < to_ms]


def on_duty(shift: Shift, zone: tzinfo, now_ms: int) -> bool:
    """Whether it is this shift now."""
    return bool(duties(shift, zone, now_ms, now_ms + 1))


def whole(shift: Shift, zone: tzinfo) -> Duty:
    """From when the shift first starts to when it last ends; a year 9000 where it never does."""
    period = shift.every_weeks * _WEEK
    later = (_last(shift) - shift.starts) // period * period if period else period
    return Duty(_duty(shift, zone, timedelta()).starts_at, _duty(shift, zone, later).ends_at)


def _again(shift: Shift, first: datetime, last: datetime) -> Iterator[timedelta]:
    """By how much later the shift comes, where it is not over at `first` and has begun at `last`."""
    if not shift.every_weeks:
        yield timedelta()
        return
    period = shift.every_weeks * _WEEK
    later = max(0, (first - shift.ends) // period) * period
    while shift.starts + later <= min(last, _last(shift)):
        yield later
        later += period


def _last(shift: Shift) -> datetime:
    """No repetition starts later."""
    if shift.until is None:
        return shift.starts.replace(year=9_000, month=1, day=1)
    return datetime.combine(shift.until - timedelta(days=1), shift.starts.time())


def _duty(shift: Shift, zone: tzinfo, later: timedelta) -> Duty:
    return Duty(_ms(shift.starts + later, zone), _ms(shift.ends + later, zone))


def _ms(moment: datetime, zone: tzinfo) -> int:
    return round(moment.replace(tzinfo=zone).timestamp() * 1_000)
