"""What observers are told of all cases together."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers.observing import SqlObserving
from persistence.observers.summary import Summaries
from realtime.ports import Audit
from web.api.answers import answer
from web.api.problems import forbidden
from web.clock import Clock
from web.signin.identify import Door


class ObserverSummary:
    """`/api/observer/summary`."""

    def __init__(self, door: Door, database: Database, observing: SqlObserving, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._summaries = Summaries(database)
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/observer/summary", self.summary, methods=["GET"])]

    async def summary(self, request: Request) -> Response:
        """Cases by specialty and month that has ended, at most a minute old; null for a small number (1 to 10)."""
        person = (await self._door.identity(request.scope)).person
        if person.role != "observer":
            raise forbidden("This summary is for observers. Sign in as one.")
        permit = await self._observing.permit(person)
        counts = await self._summaries.summary(permit, self._now_ms())
        self._audit.note("summary_read", person.id, detail=f"{permit.institution}, agreement {permit.agreement}")
        return answer(counts)
