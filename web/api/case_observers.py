"""What observers were shown of a case, for its presenter."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers.record import observed
from realtime.ports import Audit
from web.api.answers import answer, case_id
from web.api.ports import Live
from web.api.problems import forbidden
from web.api.reads import noted
from web.clock import Clock
from web.signin.identify import Door


class CaseObservers:
    """`/api/cases/{id}/observers`."""

    def __init__(self, door: Door, database: Database, live: Live, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._live = live
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/observers", self.record, methods=["GET"])]

    async def record(self, request: Request) -> Response:
        """Institutions with their kind, purposes, how many people, and the ranges of the log that they were shown."""
        person = (await self._door.identity(request.scope)).person
        room = case_id(request)
        with noted(self._audit, "observers_read", person, room):
            copy = await self._live.copy_of(room, person, 0, 0)
            if person.role != "moderator" and person.id != copy.case.presenter:
                raise forbidden("Only the presenter of a case and moderators see who observed it.")
            now_ms = self._now_ms()
            return answer({"observers": await self._database.read(lambda sql: observed(sql, room, now_ms))})
