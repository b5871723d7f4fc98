"""How long cases wait for what: `GET /api/insights/times`."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.figures.observed import ObservedFigures
from persistence.figures.reading import MOST_LINES, Line, Wanted, lines, specialties
from persistence.months import months_after
from persistence.observers.observing import SqlObserving
from persistence.observers.summary import month
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import answer
from web.api.months import MONTHS, given_month
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door

MOST_CHARS: Final = 64


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
        return [Route("/api/insights/times", self.times, methods=["GET"])]

    async def times(self, request: Request) -> Response:
        """How many cases, median and ninth decile, by measure, acuity, specialty and month of opening.

        Observers are told of the cases that they may observe, of months that have ended, and of no small number.
        """
        person = (await self._door.identity(request.scope)).person
        wanted = _wanted(request, month(self._now_ms()))
        if person.role == "observer":
            found = await self._outside(person, wanted)
            named = sorted({line.specialty for line in found})
        elif person.verified or person.role == "moderator":
            found = await self._database.read(lambda sql: lines(sql, wanted))
            named = await self._database.read(lambda sql: specialties(sql, wanted))
        else:
            raise forbidden("These figures are for verified physicians and moderators. Ask to be verified first.")
        if len(found) > MOST_LINES:
            raise Problem(422, "invalid", "That is too much at once. Give `acuity` or `specialty`, or fewer months.")
        return answer({"from": wanted.since, "to": wanted.until, "specialties": named, "times": found})

    async def _outside(self, person: Person, wanted: Wanted) -> list[Line]:
        permit = await self._observing.permit(person)
        found = await self._observed.lines(permit, self._now_ms())
        self._audit.note("summary_read", person.id, detail=f"{permit.institution}, agreement {permit.agreement}")
        return [line for line in found if _is_in(line, wanted)]


def _is_in(line: Line, wanted: Wanted) -> bool:
    fits = wanted.acuity in (None, line.acuity) and wanted.specialty in (None, line.specialty)
    return fits and wanted.since <= line.month <= wanted.until


def _wanted(request: Request, this_month: str) -> Wanted:
    until = given_month(request, "to", this_month)
    since = given_month(request, "from", months_after(until, 1 - MONTHS))
    return Wanted(since, until, _short(request, "acuity"), _short(request, "specialty"))


def _short(request: Request, name: str) -> str | None:
    given = request.query_params.get(name)
    if given is not None and len(given) > MOST_CHARS:
        raise Problem(422, "invalid", f"`{name}` is not valid. Give at most {MOST_CHARS} characters.")
    return given
