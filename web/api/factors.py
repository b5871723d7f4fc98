"""`/api/security`, `/api/authenticator`, `/api/recovery`: what one signs in with, and the app as a second factor."""

from typing import Annotated

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.people import password_hash
from persistence.signin import factors, hospitals, passkeys
from realtime.ports import Audit
from web.api.answers import answer, body, no_body, nothing
from web.api.passkeys import Shown, shown
from web.api.problems import Problem
from web.clock import Clock
from web.signin.address import address_of
from web.signin.authenticators import Authenticators
from web.signin.beginning import Beginning
from web.signin.identify import Door, Identity
from web.signin.recent import in_person


class Typed(msgspec.Struct, frozen=True):
    """What `POST /api/authenticator/confirm` takes."""

    code: Annotated[str, msgspec.Meta(min_length=6, max_length=12)]


class Security(msgspec.Struct, frozen=True):
    """All that one can sign in with. `recovery_codes`: how many are left. `hospitals`: the issuers."""

    password: bool
    passkeys: list[Shown]
    authenticator: bool
    recovery_codes: int
    hospitals: list[str]


class FactorDesk:
    """Second factors over HTTP."""

    def __init__(
        self,
        *,
        database: Database,
        door: Door,
        authenticators: Authenticators,
        beginning: Beginning,
        audit: Audit,
        now_ms: Clock,
    ) -> None:
        self._database = database
        self._door = door
        self._authenticators = authenticators
        self._beginning = beginning
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/security", self.show, methods=["GET"]),
            Route("/api/authenticator", self.offer, methods=["POST"]),
            Route("/api/authenticator/confirm", self.confirm, methods=["POST"]),
            Route("/api/authenticator", self.remove, methods=["DELETE"]),
            Route("/api/recovery", self.renew, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """All that whoever asks can sign in with."""
        person = (await self._door.identity(request.scope)).person.id
        return answer(await self._database.read(lambda sql: _security(sql, person)))

    async def offer(self, request: Request) -> Response:
        """201 with a `secret` for the app, as text, `link` and `picture` (SVG). It is shown this once."""
        identity = await self._at_hand(request)
        await no_body(request)
        return answer((await self._authenticators.offer(identity.person))._asdict(), 201)

    async def confirm(self, request: Request) -> Response:
        """201 with ten recovery `codes`, shown this once: from now on the app's code is wanted beside the password."""
        identity = await self._at_hand(request)
        wish = await body(request, Typed)
        codes = await self._authenticators.confirm(identity.person.id, wish.code)
        self._audit.note("authenticator_added", identity.person.id, where=address_of(request.scope))
        return self._beginning.renewed(request, identity, answer({"codes": codes}, 201), ())

    async def remove(self, request: Request) -> Response:
        """204: neither the app nor its recovery codes count any longer."""
        identity = await self._at_hand(request)
        if not await self._database.write(lambda sql: factors.remove_authenticator(sql, identity.person.id)):
            raise Problem(404, "not_found", "You have no authenticator app here.")
        self._audit.note("authenticator_removed", identity.person.id, where=address_of(request.scope))
        return nothing()

    async def renew(self, request: Request) -> Response:
        """201 with ten new recovery `codes`, shown this once; the old ones no longer count."""
        identity = await self._at_hand(request)
        await no_body(request)
        if not await self._authenticators.confirmed(identity.person.id):
            raise Problem(409, "conflict", "Recovery codes stand in for an authenticator app. Set one up first.")
        codes = await self._authenticators.renew_codes(identity.person.id)
        self._audit.note("recovery_renewed", identity.person.id, where=address_of(request.scope))
        return answer({"codes": codes}, 201)

    async def _at_hand(self, request: Request) -> Identity:
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        return identity


def _security(sql: Sql, person: str) -> Security:
    app = factors.authenticator(sql, person)
    return Security(
        password=password_hash(sql, person) is not None,
        passkeys=[shown(row) for row in passkeys.of_person(sql, person)],
        authenticator=app is not None and app.confirmed_at is not None,
        recovery_codes=factors.recoveries(sql, person),
        hospitals=[row.issuer for row in hospitals.of_person(sql, person)],
    )
