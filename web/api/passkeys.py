"""`/api/passkeys`: the passkeys that one has, made, named and removed."""

from typing import Annotated, Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from persistence.database import Database
from persistence.signin import factors, passkeys, tables
from realtime.ports import Audit
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem
from web.clock import Clock
from web.signin.address import address_of
from web.signin.beginning import Beginning
from web.signin.identify import Door
from web.signin.lasting import lasting
from web.signin.passkeys import Credential, Passkeys
from web.signin.recent import in_person

NAME_CHARS: Final = 64


class NewPasskey(msgspec.Struct, frozen=True):
    """What `POST /api/passkeys` takes. `name`: how its owner tells it from others."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_CHARS)]
    credential: Credential


class Shown(msgspec.Struct, frozen=True):
    """A passkey as its owner sees it. `backed_up`: it is in an account of its maker's, on several devices."""

    id: str
    name: str
    backed_up: bool
    created_at: int
    used_at: int | None


class PasskeyDesk:
    """Passkeys over HTTP."""

    def __init__(
        self,
        *,
        database: Database,
        door: Door,
        passkeys: Passkeys,
        beginning: Beginning,
        audit: Audit,
        now_ms: Clock,
    ) -> None:
        self._database = database
        self._door = door
        self._passkeys = passkeys
        self._beginning = beginning
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/passkeys/options", self.options, methods=["POST"]),
            Route("/api/passkeys", self.make, methods=["POST"]),
            Route("/api/passkeys/{id}", self.remove, methods=["DELETE"]),
        ]

    async def options(self, request: Request) -> Response:
        """What the browser is given to make a passkey."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        await no_body(request)
        known = await self._database.read(lambda sql: passkeys.of_person(sql, identity.person.id))
        return answer(self._passkeys.to_make(request.scope, identity.person, known))

    async def make(self, request: Request) -> Response:
        """201: it can be signed in with from now on. A session that waited for a second factor is free."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        wish = await body(request, NewPasskey)
        made = await self._passkeys.made(request.scope, identity.person.id, wish.credential, wish.name)

        def write(sql: Sql) -> None:
            lasting(sql, identity)
            passkeys.add(sql, made)

        try:
            await self._database.write(write)
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None
        self._audit.note("passkey_added", identity.person.id, where=address_of(request.scope))
        return self._beginning.renewed(request, identity, answer(shown(made), 201), ())

    async def remove(self, request: Request) -> Response:
        """204: it is of no more use here. 409 where it is the only way to sign in."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        id, person = _id(request.path_params["id"]), identity.person.id

        def write(sql: Sql) -> bool:
            if removed := passkeys.remove(sql, person, id):
                factors.keep_a_way_in(sql, person)
            return removed

        try:
            removed = await self._database.write(write)
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None
        if not removed:
            raise Problem(404, "not_found", "You have no such passkey. It may have been removed.")
        self._audit.note("passkey_removed", identity.person.id, where=address_of(request.scope))
        return nothing()


def shown(row: tables.Passkey) -> Shown:
    """A row as its owner sees it."""
    return Shown(bytes_to_base64url(row.id), row.name, row.backed_up, row.created_at, row.used_at)


def _id(text: str) -> bytes:
    try:
        return base64url_to_bytes(text)
    except ValueError:
        return b""
