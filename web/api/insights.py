"""The figures of all cases: `GET /api/insights/times`, `/tallies` and `/thirds`, and the same as CSV and Parquet."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.figures.cells import ALL
from persistence.figures.exporting import NoParquet, as_csv, as_parquet, files
from persistence.figures.observed import ObservedFigures
from persistence.figures.reading import PAGE, AnyLine, Line, TallyLine, ThirdLine, Wanted, lines, named
from persistence.observers.observing import SqlObserving
from persistence.observers.summary import month
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import HEADERS, answer
from web.api.problems import Problem, forbidden
from web.api.wanted_figures import fits, wanted_in
from web.clock import Clock
from web.signin.identify import Door

MOST_LINES: Final = 5_000
MOST_EXPORTED: Final = 200_000

KINDS: Final[Mapping[str, type[AnyLine]]] = {"times": Line, "tallies": TallyLine, "thirds": ThirdLine}
NO_PARQUET: Final = "This server cannot write Parquet. Take CSV, or have `curbside[parquet]` installed on it."


class Found(NamedTuple):
    """What somebody may be told of what they want; `specialties`, `countries`: of which there is anything."""

    wanted: Wanted
    lines: Sequence[AnyLine]
    specialties: Sequence[str]
    countries: Sequence[str]


class Insights:
    """`/api/insights`."""

    def __init__(self, door: Door, database: Database, observing: SqlObserving, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._observed = ObservedFigures(database)
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        kinds: Sequence[tuple[str, Callable[[Request, str], Awaitable[Response]]]] = (
            ("", self.told),
            (".csv", self.csv),
            (".parquet", self.parquet),
        )
        return [
            Route(f"/api/insights/{name}{ending}", _of(name, endpoint), methods=["GET"])
            for name in KINDS
            for ending, endpoint in kinds
        ]

    async def told(self, request: Request, name: str) -> Response:
        """Lines by month and measure, or third; of acuities, specialties and countries as they are wanted.

        Observers are told of the cases that they may observe, of months that have ended, and of no small number.
        """
        found = await self._found(request, name, MOST_LINES)
        months = {"from": found.wanted.since, "to": found.wanted.until}
        there = {"specialties": found.specialties, "countries": found.countries, "files": files()}
        return answer({**months, **there, name: found.lines})

    async def csv(self, request: Request, name: str) -> Response:
        """The same lines as CSV."""
        found = await self._found(request, name, MOST_EXPORTED)
        return _file(await asyncio.to_thread(as_csv, KINDS[name], found.lines), name, "csv", "text/csv")

    async def parquet(self, request: Request, name: str) -> Response:
        """The same lines as Parquet. 501 where that cannot be written."""
        found = await self._found(request, name, MOST_EXPORTED)
        try:
            content = await asyncio.to_thread(as_parquet, KINDS[name], found.lines)
        except NoParquet:
            raise Problem(501, "unavailable", NO_PARQUET) from None
        return _file(content, name, "parquet", "application/vnd.apache.parquet")

    async def _found(self, request: Request, name: str, most: int) -> Found:
        person = (await self._door.identity(request.scope)).person
        wanted = wanted_in(request, month(self._now_ms()))
        if person.role == "observer":
            return await self._outside(person, name, wanted)
        if not (person.verified or person.role == "moderator"):
            raise forbidden("These figures are for verified physicians and moderators. Ask to be verified first.")
        specialties, countries = [
            await self._database.read(partial(named, kind=KINDS[name], column=column, wanted=wanted))
            for column in ("specialty", "country")
        ]
        return Found(wanted, await self._lines(KINDS[name], wanted, most), specialties, countries)

    async def _lines(self, kind: type[AnyLine], wanted: Wanted, most: int) -> Sequence[AnyLine]:
        found: list[AnyLine] = []
        while True:
            ask = partial(lines, kind=kind, wanted=wanted, after=found[-1] if found else None, limit=PAGE)
            found += (more := await self._database.read(ask))
            if len(found) > most:
                detail = "That is too much at once. Give `acuity`, `specialty` or `country`, or fewer months."
                raise Problem(422, "invalid", detail)
            if len(more) < PAGE:
                return sorted(found, key=_order)

    async def _outside(self, person: Person, name: str, wanted: Wanted) -> Found:
        permit = await self._observing.permit(person)
        told = await self._observed.lines(permit, wanted, self._now_ms())
        self._audit.note("summary_read", person.id, detail=f"{permit.institution}, agreement {permit.agreement}")
        found = [line for line in getattr(told, name) if fits(line, wanted)]
        return Found(wanted, found, sorted({line.specialty for line in found} - {ALL}), [])


def _of(name: str, endpoint: Callable[[Request, str], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def served(request: Request) -> Response:
        return await endpoint(request, name)

    return served


def _order(line: Any) -> tuple[str, ...]:
    name = line.third if isinstance(line, ThirdLine) else line.measure
    return (line.month, name, line.acuity, line.specialty, line.country)


def _file(content: bytes, name: str, ending: str, media_type: str) -> Response:
    named = {"content-disposition": f'attachment; filename="insights-{name}.{ending}"'}
    return Response(content, headers={**HEADERS, **named}, media_type=media_type)
