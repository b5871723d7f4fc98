"""One's own interests: what one has declared, all that one ever did, and what Open Payments says of one."""

from typing import Any, Final

from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.interests.declaring import (
    BANDS,
    PAYER_KINDS,
    Declaration,
    Undeclarable,
    declare,
    withdraw,
)
from persistence.interests.entries import Declared, entries, standing
from persistence.interests.payments import disputed, given
from realtime.rooms.interests.natures import NATURES
from realtime.rooms.people import DOCTORS
from web.api.answers import answer, body, no_body, nothing
from web.api.interested import InterestDesk
from web.api.problems import Problem, forbidden
from web.limits import Limits
from web.signin.identify import Identity

CHANGES_PER_HOUR: Final = 120


class OwnInterests:
    """`/api/me/interests`."""

    def __init__(self, desk: InterestDesk) -> None:
        self._desk = desk
        self._changes = Limits(CHANGES_PER_HOUR, CHANGES_PER_HOUR)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/interests", self.show, methods=["GET"]),
            Route("/api/me/interests", self.add, methods=["POST"]),
            Route("/api/me/interests/{id}", self.withdraw, methods=["DELETE"]),
        ]

    async def show(self, request: Request) -> Response:
        """All that is kept of one's interests, and what one may choose from."""
        identity = await self._doctor(request)
        return answer(await self._desk.database.read(lambda sql: self._all(sql, identity.person.id)))

    async def add(self, request: Request) -> Response:
        """201 with the entry: what one says from now on is said with it."""
        identity = await self._doctor(request)
        self._changes.check(identity.person.id)
        wish, now_ms = await body(request, Declaration), self._desk.now_ms()

        def write(sql: Sql) -> Declared:
            return declare(sql, identity.person.id, wish, now_ms)

        try:
            added = await self._desk.database.write(write)
        except Undeclarable as wrong:
            raise Problem(422, "invalid", str(wrong)) from None
        self._desk.audit.note("interest_declared", identity.person.id, what=added.id, where=identity.address)
        await self._desk.changed([identity.person.id])
        return answer(added, 201)

    async def withdraw(self, request: Request) -> Response:
        """204: the entry does not stand any longer. It is kept, and so is when that was."""
        identity = await self._doctor(request)
        await no_body(request)
        self._changes.check(identity.person.id)
        entry, now_ms = request.path_params["id"], self._desk.now_ms()
        try:
            await self._desk.database.write(lambda sql: withdraw(sql, identity.person.id, entry, now_ms))
        except Undeclarable as wrong:
            raise Problem(422, "invalid", str(wrong)) from None
        self._desk.audit.note("interest_withdrawn", identity.person.id, what=entry, where=identity.address)
        await self._desk.changed([identity.person.id])
        return nothing()

    async def _doctor(self, request: Request) -> Identity:
        identity = await self._desk.door.identity(request.scope)
        if identity.person.role not in DOCTORS:
            raise forbidden("Interests are declared by clinicians and physicians.")
        return identity

    def _all(self, sql: Sql, person: str) -> dict[str, Any]:
        return {
            "natures": list(NATURES),
            "payer_kinds": PAYER_KINDS,
            "bands": BANDS,
            "declared": [one for _, one in standing(sql, [person])],
            "history": entries(sql, person),
            "imported": given(sql, [person]).get(person, []),
            "disputed": disputed(sql, person),
        }
