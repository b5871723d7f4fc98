"""Which figures a request wants: months, and one acuity, specialty or country, or each."""

import re
from typing import Final

from starlette.requests import Request

from persistence.figures.cells import ALL
from persistence.figures.reading import AnyLine, Wanted
from web.api.problems import Problem

MONTHS: Final = 12
MOST_CHARS: Final = 64
EACH: Final = "each"
"""Of countries: each by itself. Without a word of them they are together."""

_month = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def wanted_in(request: Request, this_month: str) -> Wanted:
    """What the query asks for: the last twelve months, unless said. Raises `Problem`."""
    until = _given_month(request, "to", this_month)
    since = _given_month(request, "from", _before(until, MONTHS - 1))
    country = _short(request, "country") or ALL
    of = (_short(request, "acuity"), _short(request, "specialty"), None if country == EACH else country)
    return Wanted(since, until, *of)


def fits(line: AnyLine, wanted: Wanted) -> bool:
    """Whether a line is one that is wanted."""
    parts = ((wanted.acuity, line.acuity), (wanted.specialty, line.specialty), (wanted.country, line.country))
    return all(want in (None, value) for want, value in parts) and wanted.since <= line.month <= wanted.until


def _given_month(request: Request, name: str, default: str) -> str:
    given = request.query_params.get(name, default)
    if not _month.fullmatch(given):
        raise Problem(422, "invalid", f"`{name}` is not valid. Give a month such as 2026-11.")
    return given


def _short(request: Request, name: str) -> str | None:
    given = request.query_params.get(name)
    if given is not None and len(given) > MOST_CHARS:
        raise Problem(422, "invalid", f"`{name}` is not valid. Give at most {MOST_CHARS} characters.")
    return given


def _before(month: str, months: int) -> str:
    """The month so many before another."""
    year, number = map(int, month.split("-"))
    year, number = divmod(12 * year + number - 1 - months, 12)
    return f"{year:04}-{number + 1:02}"
