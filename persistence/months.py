"""Months in a row, UTC."""

from datetime import UTC, datetime

import msgspec

from persistence.observers.summary import month


class Period(msgspec.Struct, frozen=True):
    """From the first month to the last, both included, as `2026-11`."""

    first: str
    last: str

    @property
    def begins_at(self) -> int:
        """Unix ms."""
        return _begins_at(self.first)

    @property
    def ends_at(self) -> int:
        """Unix ms, the first that is not in it."""
        return _begins_at(months_after(self.last, 1))

    @property
    def months(self) -> int:
        """How many there are; 0 or less where the last is before the first."""
        return _number(self.last) - _number(self.first) + 1


def last_months(months: int, now_ms: int) -> Period:
    """So many months, the last of them that of now."""
    last = month(now_ms)
    return Period(months_after(last, 1 - months), last)


def months_after(one: str, months: int) -> str:
    """The month so many after another; before it where that is negative."""
    year, number = divmod(_number(one) + months, 12)
    return f"{year:04}-{number + 1:02}"


def _begins_at(one: str) -> int:
    year, number = divmod(_number(one), 12)
    return int(datetime(year, number + 1, 1, tzinfo=UTC).timestamp() * 1_000)


def _number(one: str) -> int:
    year, number = map(int, one.split("-"))
    return 12 * year + number - 1
