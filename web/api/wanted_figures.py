"""Which figures a request wants: months, and one acuity, specialty or country, or each."""

from typing import Final

from starlette.requests import Request

from persistence.figures.cells import ALL
from persistence.figures.reading import AnyLine, Wanted
from persistence.months import months_after
from web.api.months import MONTHS, given_month
from web.api.problems import Problem

MOST_CHARS: Final = 64
EACH: Final = "each"
"""Of countries: each by itself. Without a word of them they are together."""


def wanted_in(request: Request, this_month: str) -> Wanted:
    """What the query asks for: the last twelve months, unless said. Raises `Problem`."""
    until = given_month(request, "to", this_month)
    since = given_month(request, "from", months_after(until, 1 - MONTHS))
    country = _short(request, "country") or ALL
    of = (_short(request, "acuity"), _short(request, "specialty"), None if country == EACH else country)
    return Wanted(since, until, *of)


def fits(line: AnyLine, wanted: Wanted) -> bool:
    """Whether a line is one that is wanted."""
    parts = ((wanted.acuity, line.acuity), (wanted.specialty, line.specialty), (wanted.country, line.country))
    return all(want in (None, value) for want, value in parts) and wanted.since <= line.month <= wanted.until


def _short(request: Request, name: str) -> str | None:
    given = request.query_params.get(name)
    if given is not None and len(given) > MOST_CHARS:
        raise Problem(422, "invalid", f"`{name}` is not valid. Give at most {MOST_CHARS} characters.")
    return given
