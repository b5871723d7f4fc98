"""Awards for moderators: what institutions may award in a year, and whom an export is to pay."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.awards.budgets import MOST_CENTS, set_budget
from persistence.awards.exports import payees
from persistence.database import Database
from realtime.ports import Audit
from web.api.answers import answer, body
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door, Identity
from web.signin.recent import recent


class Budgeted(msgspec.Struct, frozen=True):
    """Cents in each calendar year; 0: nothing more."""

    year_cents: Annotated[int, msgspec.Meta(ge=0, le=MOST_CENTS)]


class AwardDesk:
    """`/api/institutions/{name}/award-budget` and `/api/institutions/{name}/award-exports/{number}`."""

    def __init__(self, door: Door, database: Database, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/institutions/{name}/award-budget", self.put, methods=["PUT"]),
            Route("/api/institutions/{name}/award-exports/{number}", self.payees, methods=["GET"]),
        ]

    async def put(self, request: Request) -> Response:
        """200 with the budget as it is now. What is sealed already stays."""
        identity, name, now_ms = await self._moderator(request), request.path_params["name"], self._now_ms()
        person, wish = identity.person, await body(request, Budgeted)
        try:
            await self._database.write(lambda sql: set_budget(sql, name, wish.year_cents, person.id, now_ms))
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
        self._audit.note("award_budget_set", person.id, detail=str(wish.year_cents), what=name, where=identity.address)
        return answer(wish)

    async def payees(self, request: Request) -> Response:
        """Whom one export is to pay, also those who took their awards blind: for who pays them, never for the payer."""
        identity, name = await self._moderator(request), request.path_params["name"]
        which = request.path_params["number"]
        known = which.isascii() and which.isdigit() and len(which) < 10
        found = await self._database.read(lambda sql: payees(sql, name, int(which))) if known else []
        if not found:
            raise Problem(404, "not_found", "There is no such export of that institution.")
        self._audit.note(
            "award_payees_read", identity.person.id, what=f"{name}, export {which}", where=identity.address
        )
        return answer({"payees": found})

    async def _moderator(self, request: Request) -> Identity:
        """A moderator who proved a moment ago who they are."""
        identity = await self._door.identity(request.scope)
        if identity.person.role != "moderator":
            self._audit.note("institutions_refused", identity.person.id, outcome="refused", where=identity.address)
            raise forbidden("Only moderators see to institutions. Ask one.")
        recent(identity, self._now_ms())
        return identity
