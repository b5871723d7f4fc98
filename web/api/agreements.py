"""An observer's own standing: the agreement that they read under, accepting it, and what is left of the plan."""

from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers import institutions
from persistence.observers.observing import SqlObserving
from realtime.ports import Audit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal
from web.api.answers import answer, no_body, nothing
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door


class Agreements:
    """`/api/agreement` and `/api/agreements/{version}/accept`."""

    def __init__(self, door: Door, database: Database, observing: SqlObserving, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/agreement", self.own, methods=["GET"]),
            Route("/api/agreements/{id}/accept", self.accept, methods=["POST"]),
        ]

    async def own(self, request: Request) -> Response:
        """The agreement in force for the observer who asks, whether they accepted it, and what their plan has left."""
        person = await self._observer(request)
        return answer(await self._database.read(lambda sql: self._standing(sql, person)))

    async def accept(self, request: Request) -> Response:
        """204: the observer has accepted this version, which is the one in force."""
        person = await self._observer(request)
        await no_body(request)
        version = request.path_params["id"]
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            raise Problem(422, "invalid", "The agreement is named by its version, a whole number.")
        name, at_ms = person.institution, self._now_ms()
        try:
            await self._database.write(lambda sql: institutions.accept(sql, [person.id], name, int(version), at_ms))
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None
        self._audit.note("agreement_accepted", person.id, detail=f"{name}, agreement {version}")
        return nothing()

    async def _observer(self, request: Request) -> Person:
        person = (await self._door.identity(request.scope)).person
        if person.role != "observer":
            raise forbidden("Only observers read under an agreement. Sign in as one.")
        return person

    def _standing(self, sql: Session, person: Person) -> dict[str, Any]:
        one = institutions.found(sql, person.institution)
        if one is None:
            return {"institution": person.institution, "refusal": Refusal.NO_AGREEMENT.message}
        agreement = institutions.agreement_of(sql, one.name, one.agreement)
        accepted = (one.name, one.agreement) in institutions.accepted(sql, [person.id])[person.id]
        refusal = self._observing.agreements.refusal(one.name)
        return {
            "institution": one.name,
            "kind": one.kind,
            "purposes": one.purposes,
            "products": one.products,
            "embargo_days": one.embargo_days,
            "seats": one.seats,
            "hours": one.hours,
            "used_s": self._observing.agreements.used_ms(one.name) // 1_000,
            "term_start": one.term_start,
            "term_end": one.term_end,
            "agreement": agreement,
            "accepted": accepted,
            "refusal": refusal.message if refusal is not None else None,
        }
