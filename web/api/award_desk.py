"""Awards for moderators: what institutions may award in a year, on which terms, and whom an export is to pay."""

from typing import Any

import msgspec
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.awards.budgets import set_budget, year_cents_of
from persistence.awards.exports import exports_of, payees
from persistence.awards.terms import Terms
from persistence.database import Database
from realtime.ports import Audit
from web.api.answers import answer, body
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door, Identity
from web.signin.recent import recent


class Budgeted(msgspec.Struct, frozen=True):
    """Cents in each calendar year; 0: nothing more."""

    year_cents: int


class AwardDesk:
    """`/api/institutions/{name}/award-budget` and `/api/institutions/{name}/award-exports/{number}`."""

    def __init__(self, door: Door, database: Database, terms: Terms, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._terms = terms
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/institutions/{name}/award-budget", self.page, methods=["GET"]),
            Route("/api/institutions/{name}/award-budget", self.put, methods=["PUT"]),
            Route("/api/institutions/{name}/award-exports/{number}", self.payees, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The budget, None where none was set, the exports, and the terms. Not what was spent: that may be sealed."""
        await self._moderator(request)
        name = request.path_params["name"]

        def read(sql: Session) -> dict[str, Any]:
            return {"year_cents": year_cents_of(sql, name), "exports": exports_of(sql, name)}

        try:
            found = await self._database.read(read)
        except ValueError as error:
            raise Problem(404, "not_found", str(error)) from None
        return answer(found | msgspec.structs.asdict(self._terms))

    async def put(self, request: Request) -> Response:
        """200 with the budget as it is now. What is sealed already stays."""
        identity, name, now_ms = await self._grave(request), request.path_params["name"], self._now_ms()
        person, wish = identity.person, await body(request, Budgeted)
        try:
            await self._database.write(lambda sql: set_budget(sql, name, wish.year_cents, person.id, now_ms))
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
        self._audit.note("award_budget_set", person.id, detail=str(wish.year_cents), what=name, where=identity.address)
        return answer(wish)

    async def payees(self, request: Request) -> Response:
        """Whom one export is to pay, also those who took their awards blind: for who pays them, never for the payer."""
        identity, name = await self._grave(request), request.path_params["name"]
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
        identity = await self._door.identity(request.scope)
        if identity.person.role != "moderator":
            self._audit.note("institutions_refused", identity.person.id, outcome="refused", where=identity.address)
            raise forbidden("Only moderators see to institutions. Ask one.")
        return identity

    async def _grave(self, request: Request) -> Identity:
        """A moderator who proved a moment ago who they are."""
        identity = await self._moderator(request)
        recent(identity, self._now_ms())
        return identity
