"""An institution's own awards, for its observers: what was given, what is left, and what is to be paid and reported."""

from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.awards.budgets import budget_of
from persistence.awards.exports import export_of, exports_of
from persistence.awards.ledger import year_of
from persistence.awards.open_payments import report
from persistence.awards.reading import given
from persistence.awards.terms import Terms
from persistence.database import Database
from realtime.ports import Audit
from web.api.answers import HEADERS, answer, number
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door, Identity


class GivenAwards:
    """`/api/awards` and `/api/awards/exports/{number}`."""

    def __init__(self, door: Door, database: Database, terms: Terms, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._terms = terms
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/awards", self.page, methods=["GET"]),
            Route("/api/awards/exports/{number}", self.export, methods=["GET"]),
            Route("/api/awards/open-payments", self.open_payments, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The awards of the observer's institution, the newest first, its `budget` and exports, and the bounds here."""
        payer, now_ms = (await self._observer(request)).person.institution, self._now_ms()

        def read(sql: Session) -> dict[str, Any]:
            return {
                "awards": given(sql, payer, now_ms),
                "budget": budget_of(sql, payer, year_of(now_ms), now_ms),
                "exports": exports_of(sql, payer),
            }

        terms = {name: getattr(self._terms, name) for name in ("currency", "least_cents", "most_cents", "case_cents")}
        return answer(await self._database.read(read) | terms)

    async def export(self, request: Request) -> Response:
        """One export of the observer's institution, as it was signed; the signature is in the headers."""
        identity, which = await self._observer(request), request.path_params["number"]
        known = which.isascii() and which.isdigit() and len(which) < 10
        payer = identity.person.institution
        row = await self._database.read(lambda sql: export_of(sql, payer, int(which))) if known else None
        if row is None:
            raise Problem(404, "not_found", "Your institution has no such export.")
        self._audit.note("award_export_read", identity.person.id, what=f"{payer}, export {which}")
        signed = {"curbside-key-id": row.key_id, "curbside-signature": row.signature.hex()}
        return Response(row.document, 200, {**HEADERS, **signed}, "application/json")

    async def open_payments(self, request: Request) -> Response:
        """What the observer's institution may have to report of a programme year `year`, as CSV."""
        identity, now_year = await self._observer(request), year_of(self._now_ms())
        payer = identity.person.institution
        year = number(request, "year", now_year, least=2_000, most=now_year)
        try:
            lines = await self._database.read(lambda sql: report(sql, payer, year))
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
        self._audit.note("award_export_read", identity.person.id, what=f"{payer}, open payments of {year}")
        return Response(lines, 200, HEADERS, "text/csv; charset=utf-8")

    async def _observer(self, request: Request) -> Identity:
        identity = await self._door.identity(request.scope)
        if identity.person.role != "observer":
            raise forbidden("Only observers give awards. Yours, once revealed, are at `/api/me/awards`.")
        return identity
