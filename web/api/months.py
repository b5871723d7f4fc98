"""Months in a query: `from=2026-01&to=2026-11`."""

import re
from typing import Final

from starlette.requests import Request

from persistence.months import Period, months_after
from persistence.observers.summary import month
from web.api.problems import Problem

MONTHS: Final = 12

_month = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def given_month(request: Request, name: str, default: str) -> str:
    """The query parameter `name`. Raises `Problem` where it is no month."""
    given = request.query_params.get(name, default)
    if not _month.fullmatch(given):
        raise Problem(422, "invalid", f"`{name}` is not valid. Give a month such as 2026-11.")
    return given


def given_period(request: Request, most: int, now_ms: int) -> Period:
    """From `from` to `to`, at most so many months; the last twelve unless said. Raises `Problem`."""
    last = given_month(request, "to", month(now_ms))
    found = Period(given_month(request, "from", months_after(last, 1 - MONTHS)), last)
    if not 1 <= found.months <= most:
        raise Problem(422, "invalid", f"`from` and `to` are not valid. Give 1 to {most} months, the first one first.")
    return found
