"""Dates that may be a day, a month or a year, as ISO 8601 writes them: compared as texts."""

from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Final

IN_FORCE_MONTHS: Final = 36
"""So long an interest counts after its end, as journals ask of their authors (ICMJE disclosure form)."""


def is_date(text: str) -> bool:
    """Whether there is such a day, month or year. `text` is written as one."""
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def ends(text: str) -> str:
    """The last day of a year, a month or a day."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]}"
    return text


def day_of(now_ms: int) -> str:
    """The day of a Unix time in ms, UTC."""
    return datetime.fromtimestamp(now_ms / 1_000, UTC).date().isoformat()


def in_force(until: str, now_ms: int) -> bool:
    """Whether what ended then (empty: it goes on) counts still."""
    return not until or ends(until) >= _counts_from(now_ms)


def first_year(now_ms: int) -> int:
    """The first programme year that counts still."""
    return int(_counts_from(now_ms)[:4])


def _counts_from(now_ms: int) -> str:
    today = datetime.fromtimestamp(now_ms / 1_000, UTC).date()
    months = today.year * 12 + today.month - 1 - IN_FORCE_MONTHS
    year, month = divmod(months, 12)
    return f"{year:04}-{month + 1:02}-{min(today.day, monthrange(year, month + 1)[1]):02}"
