"""When somebody wants to be reached, by the clock on their own wall: it is what changes with summer time."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Annotated, NamedTuple

import msgspec

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$(?!\n)")]
"""A time of day, 00:00 to 23:59."""
Day = Annotated[int, msgspec.Meta(ge=1, le=7)]
"""A day of the week, Monday is 1 (ISO 8601)."""


class Local(NamedTuple):
    """A moment as a clock on the wall shows it."""

    day: int
    clock: str


class Span(msgspec.Struct, frozen=True):
    """A part of every day, `ends` excluded; over midnight where that is earlier, the whole day where both agree."""

    begins: Clock
    ends: Clock


class WeeklySpan(msgspec.Struct, frozen=True):
    """A part of one day of the week; over midnight into the next one where it does not end later."""

    day: Day
    begins: Clock
    ends: Clock


def local(now_ms: int, zone: tzinfo) -> Local:
    """`now_ms` in this time zone."""
    moment = datetime.fromtimestamp(now_ms / 1_000, zone)
    return Local(moment.isoweekday(), f"{moment:%H:%M}")


def resting(at: Local, hours: Sequence[WeeklySpan], quiet: Span | None) -> bool:
    """Whether it is quiet for somebody with these weekly hours (none: always) and these quiet ones."""
    outside = bool(hours) and not any(_open(span, at) for span in hours)
    return outside or (quiet is not None and _within(quiet, at.clock))


def _open(span: WeeklySpan, at: Local) -> bool:
    if span.begins < span.ends:
        return at.day == span.day and span.begins <= at.clock < span.ends
    began = at.day == span.day and at.clock >= span.begins
    return began or (at.day == span.day % 7 + 1 and at.clock < span.ends)


def _within(span: Span, clock: str) -> bool:
    if span.begins < span.ends:
        return span.begins <= clock < span.ends
    return clock >= span.begins or clock < span.ends
