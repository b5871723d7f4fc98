"""Institutions that observe, for moderators: plans, agreements, and the one act that ends all access."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import msgspec
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers import institutions
from persistence.observers.institutions import Institution, end_of
from persistence.observers.observing import SqlObserving
from realtime.ports import Audit
from realtime.rooms.purposes import InstitutionKind, Purpose
from web.api.answers import answer, body, no_body
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door, Identity
from web.signin.recent import recent

Text = Annotated[str, msgspec.Meta(max_length=60_000)]
Words = Annotated[str, msgspec.Meta(max_length=500)]
Count = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Look = Callable[[], Awaitable[None]]
"""Has this process look at its agreements at once."""
T = TypeVar("T")
Products = Annotated[list[Annotated[str, msgspec.Meta(max_length=100)]], msgspec.Meta(max_length=200)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3_660)]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """An institution as a moderator adds it; its term begins now."""

    name: Annotated[str, msgspec.Meta(max_length=100)]
    kind: InstitutionKind
    purposes: list[Purpose]
    products: Products = []
    seats: Count
    hours: Count
    term_days: Days = 365
    embargo_days: Annotated[int, msgspec.Meta(ge=0, le=3_650)] = 0


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """A new version of an agreement: its text, or its place and SHA-256."""

    text: Text = ""
    place: Words = ""
    digest: Annotated[str, msgspec.Meta(max_length=64)] = ""
    uses: list[Purpose]


class Declared(msgspec.Struct, frozen=True):
    """The products that an institution declares."""

    products: Products


class Suspended(msgspec.Struct, frozen=True):
    """Why an institution is suspended."""

    why: Words


class Institutions:
    """`/api/institutions`. What is changed here is kept to on this node at once, on others within a second."""

    def __init__(
        self, door: Door, database: Database, observing: SqlObserving, audit: Audit, now_ms: Clock, look: Look
    ) -> None:
        self._door = door
        self._database = database
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms
        self._look = look

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/institutions", self.page, methods=["GET"]),
            Route("/api/institutions", self.add, methods=["POST"]),
            Route("/api/institutions/{name}/agreement", self.agree, methods=["POST"]),
            Route("/api/institutions/{name}/products", self.declare, methods=["POST"]),
            Route("/api/institutions/{name}/suspend", self.suspend, methods=["POST"]),
            Route("/api/institutions/{name}/resume", self.resume, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """All institutions, with what they have used and how many of their seats are taken here."""
        await self._moderator(request)
        known = await self._database.read(institutions.listed)
        return answer({"institutions": [self._line(one) for one in known]})

    async def add(self, request: Request) -> Response:
        """201 with the institution."""
        identity = await self._grave(request)
        wish = await body(request, Added)
        now_ms = self._now_ms()
        fields = {name: getattr(wish, name) for name in wish.__struct_fields__ if name != "term_days"}
        institution = Institution(**fields, term_start=now_ms, term_end=end_of(wish.term_days, now_ms))
        made = await self._written(lambda sql: institutions.add(sql, institution, now_ms))
        self._note("institution_added", identity, wish.name)
        return answer(self._line(made), 201)

    async def agree(self, request: Request) -> Response:
        """A new version of the agreement, which every observer must accept anew."""
        identity, name = await self._grave(request), request.path_params["name"]
        wish = await body(request, Agreed)
        now_ms = self._now_ms()
        made = await self._written(
            lambda sql: institutions.agree(
                sql, name, text=wish.text, place=wish.place, digest=wish.digest, uses=wish.uses, now_ms=now_ms
            )
        )
        self._note("agreement_made", identity, f"{name}, agreement {made.version}")
        return answer(made, 201)

    async def declare(self, request: Request) -> Response:
        """The institution, with other declared products: it is to acknowledge adverse events of these."""
        identity, name = await self._grave(request), request.path_params["name"]
        wish = await body(request, Declared)
        made = await self._written(lambda sql: institutions.declare(sql, name, wish.products))
        self._note("products_declared", identity, name)
        return answer(self._line(made))

    async def suspend(self, request: Request) -> Response:
        """The institution, suspended: within a second its observers are sent nothing more, on any node."""
        identity, name = await self._grave(request), request.path_params["name"]
        wish = await body(request, Suspended)
        now_ms = self._now_ms()
        made = await self._written(lambda sql: institutions.suspend(sql, name, wish.why, now_ms))
        self._note("institution_suspended", identity, name, wish.why)
        return answer(self._line(made))

    async def resume(self, request: Request) -> Response:
        """The institution, no longer suspended."""
        identity, name = await self._grave(request), request.path_params["name"]
        await no_body(request)
        made = await self._written(lambda sql: institutions.resume(sql, name))
        self._note("institution_resumed", identity, name)
        return answer(self._line(made))

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

    def _note(self, act: str, moderator: Identity, what: str, why: str = "") -> None:
        self._audit.note(act, moderator.person.id, what=what, where=moderator.address, why=why)

    async def _written(self, write: Callable[[Session], T]) -> T:
        try:
            made = await self._database.write(write)
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
        await self._look()
        return made

    def _line(self, one: Institution) -> dict[str, Any]:
        used_ms = self._observing.agreements.used_ms(one.name)
        taken = self._observing.meter.seats(one.name) + self._observing.agreements.seats_elsewhere(one.name)
        return msgspec.structs.asdict(one) | {"used_s": used_ms // 1_000, "taken": taken}
