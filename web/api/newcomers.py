"""Whose a hospital's account is here: a newcomer's, or that of somebody who has an account."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, TypeVar
from unicodedata import normalize

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import people
from persistence.database import Database
from persistence.signin import factors
from persistence.signin import hospitals as accounts
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.address import address_of
from web.signin.arrivals import Arrivals
from web.signin.beginning import Beginning
from web.signin.hospitals import Hospital
from web.signin.identify import Door
from web.signin.lasting import lasting
from web.signin.recent import in_person

T = TypeVar("T")


class Newcomer(msgspec.Struct, frozen=True):
    """What `POST /api/sessions/newcomer` takes."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=people.HANDLE_CHARS)]


class Linked(msgspec.Struct, frozen=True):
    """A hospital with whose account somebody signs in, since `linked_at` (Unix ms)."""

    id: str
    name: str
    linked_at: int


class NewcomerDesk:
    """Newcomers and links over HTTP."""

    def __init__(
        self,
        *,
        hospitals: Mapping[str, Hospital],
        arrivals: Arrivals,
        beginning: Beginning,
        database: Database,
        door: Door,
        audit: Audit,
        now_ms: Clock,
    ) -> None:
        self._hospitals = hospitals
        self._arrivals = arrivals
        self._beginning = beginning
        self._database = database
        self._door = door
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/signin/newcomer", self.newcomer, methods=["GET"]),
            Route("/api/sessions/newcomer", self.welcome, methods=["POST"]),
            Route("/api/hospitals", self.linked, methods=["GET"]),
            Route("/api/hospitals", self.link, methods=["POST"]),
            Route("/api/hospitals/{id}", self.unlink, methods=["DELETE"]),
        ]

    async def newcomer(self, request: Request) -> Response:
        """The `hospital` with whose account this browser came, and a `handle` that it suggests; 404 without one."""
        hospital, account = self._arrivals.arrived(request)
        return answer({"hospital": hospital.name, "handle": account.name})

    async def welcome(self, request: Request) -> Response:
        """201 with the cookie: a new clinician, not verified, to whom the account belongs. 409 for a handle in use."""
        hospital, account = self._arrivals.arrived(request)
        if not self._door.from_own_pages(request.scope):
            raise forbidden("Sign in from the server's own pages.")
        handle = normalize("NFC", (await body(request, Newcomer)).handle)
        now_ms = self._now_ms()
        person = Person(
            people.new_id(),
            handle,
            "clinician",
            country=hospital.country,
            institution=hospital.institution,
            network=hospital.network,
        )

        def write(sql: Sql) -> None:
            people.add(sql, person, now_ms)
            sql.flush()
            accounts.link(sql, person.id, account.issuer, account.subject, now_ms)

        await self._written(write)
        self._audit.note("person_added", person.id, detail="hospital", where=address_of(request.scope))
        still = partial(accounts.owned, person=person.id, issuer=account.issuer, subject=account.subject)
        response = await self._beginning.begin(request, person, "hospital", still)
        self._arrivals.drop(response, request)
        return response

    async def linked(self, request: Request) -> Response:
        """The `hospitals` with whose accounts whoever asks signs in."""
        person = (await self._door.identity(request.scope)).person.id
        rows = await self._database.read(lambda sql: accounts.of_person(sql, person))
        since = {row.issuer: row.linked_at for row in rows}
        found = [one for one in self._hospitals.values() if one.issuer in since]
        return answer({"hospitals": [Linked(one.id, one.name, since[one.issuer]) for one in found]})

    async def link(self, request: Request) -> Response:
        """204: the account with which this browser came belongs to whoever is signed in, who has just proved it."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        await no_body(request)
        (_, account), now_ms = self._arrivals.arrived(request), self._now_ms()
        person = identity.person.id

        def write(sql: Sql) -> None:
            lasting(sql, identity)
            accounts.link(sql, person, account.issuer, account.subject, now_ms)

        await self._written(write)
        self._audit.note("hospital_linked", person, where=address_of(request.scope))
        response = nothing()
        self._arrivals.drop(response, request)
        return response

    async def unlink(self, request: Request) -> Response:
        """204: the hospital's account is no way in any longer. 409 where it is the only one."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        person, hospital = identity.person.id, self._hospitals.get(request.path_params["id"])

        def write(sql: Sql) -> bool:
            unlinked = hospital is not None and accounts.unlink(sql, person, hospital.issuer)
            if unlinked:
                factors.keep_a_way_in(sql, person)
            return unlinked

        if not await self._written(write):
            raise Problem(404, "not_found", "You have no account of this hospital here.")
        self._audit.note("hospital_unlinked", person, where=address_of(request.scope))
        return nothing()

    async def _written(self, write: Callable[[Sql], T]) -> T:
        try:
            return await self._database.write(write)
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None
