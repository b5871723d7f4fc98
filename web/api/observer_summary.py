"""What observers are told of all cases together."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers.observing import SqlObserving
from persistence.observers.summary import summary
from realtime.ports import Audit
from web.api.answers import answer
from web.api.problems import forbidden
from web.clock import Clock
from web.signin.identify import Door


class ObserverSummary:
    """`/api/observer/summary`."""

    def __init__(self, door: Door, database: Database, observing: SqlObserving, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/observer/summary", self.summary, methods=["GET"])]

    async def summary(self, request: Request) -> Response:
        """Cases by specialty and month, of months that have ended; null where a number would be small (1 to 10)."""
        person = (await self._door.identity(request.scope)).person
        if person.role != "observer":
            raise forbidden("This summary is for observers. Sign in as one.")
        permit, now_ms = await self._observing.permit(person), self._now_ms()
        counts = await self._database.read(lambda sql: summary(sql, permit, now_ms))
        self._audit.note("summary_read", person.id, detail=f"{permit.institution}, agreement {permit.agreement}")
        return answer(counts)
