"""Signing in and out, and the sessions that one has: each is a signed cookie and a line on its person's list."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.people import HANDLE_CHARS
from persistence.signin import factors, passkeys, sessions
from realtime.ports import Audit
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.activity import Activity
from web.signin.address import address_of
from web.signin.beginning import Beginning, current
from web.signin.identify import Door, Identity
from web.signin.passkeys import SIGN_IN, Credential, Passkeys
from web.signin.proving import Proving
from web.signin.recent import recent
from web.signin.scopes import Scope

Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1_024)]
Code = Annotated[str, msgspec.Meta(max_length=40)]


class SignIn(msgspec.Struct, frozen=True):
    """What `POST /api/sessions` takes. `code`: of the authenticator app, or a recovery code, where one is wanted."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]
    password: Password
    code: Code | None = None


class WithPasskey(msgspec.Struct, frozen=True):
    """What `POST /api/sessions/passkey` takes."""

    credential: Credential


class Proof(msgspec.Struct, frozen=True):
    """What `POST /api/sessions/current/proof` takes: a password, with a code where one is wanted, or a passkey."""

    password: Password | None = None
    code: Code | None = None
    credential: Credential | None = None


class Listed(msgspec.Struct, frozen=True):
    """A session. `way`: how it began; `agent`: the browser, in words; `current`: this is the one that asks."""

    id: str
    way: str
    address: str
    agent: str
    created_at: int
    active_at: int
    expires_at: int
    current: bool


class Sessions:
    """`/api/sessions`."""

    def __init__(
        self,
        *,
        database: Database,
        door: Door,
        beginning: Beginning,
        proving: Proving,
        passkeys: Passkeys,
        activity: Activity,
        audit: Audit,
        now_ms: Clock,
    ) -> None:
        self._database = database
        self._door = door
        self._beginning = beginning
        self._proving = proving
        self._passkeys = passkeys
        self._activity = activity
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/sessions", self.sign_in, methods=["POST"]),
            Route("/api/sessions", self.listed, methods=["GET"]),
            Route("/api/sessions", self.end_all, methods=["DELETE"]),
            Route("/api/sessions/passkey/options", self.passkey_options, methods=["POST"]),
            Route("/api/sessions/passkey", self.sign_in_with_passkey, methods=["POST"]),
            Route("/api/sessions/current", self.current, methods=["GET"]),
            Route("/api/sessions/current", self.sign_out, methods=["DELETE"]),
            Route("/api/sessions/current/active", self.active, methods=["POST"]),
            Route("/api/sessions/current/proof/options", self.proof_options, methods=["POST"]),
            Route("/api/sessions/current/proof", self.prove, methods=["POST"]),
            Route("/api/sessions/current/proof", self.proved, methods=["GET"]),
            Route("/api/sessions/{id}", self.end, methods=["DELETE"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """201 with the cookie; 401 where handle or password is wrong, without a word which of them."""
        self._door.refuse_foreign_pages(request.scope, "Sign in")
        wish = await body(request, SignIn)
        person, still = await self._proving.by_password(request, wish.handle, wish.password, wish.code)
        return await self._beginning.begin(request, person, "password", still)

    async def passkey_options(self, request: Request) -> Response:
        """What the browser is asked for, whoever it is."""
        await no_body(request)
        return answer(self._passkeys.to_use(request.scope, SIGN_IN))

    async def sign_in_with_passkey(self, request: Request) -> Response:
        """201 with the cookie; 401 for a passkey that nobody has."""
        self._door.refuse_foreign_pages(request.scope, "Sign in")
        wish = await body(request, WithPasskey)
        person, still = await self._proving.by_passkey(request, wish.credential, SIGN_IN)
        return await self._beginning.begin(request, person, "passkey", still)

    async def current(self, request: Request) -> Response:
        """Who asks."""
        return answer(current(await self._door.identity(request.scope)))

    async def sign_out(self, request: Request) -> Response:
        """204: this session is over, on every node, and so are the tickets it asked for."""
        identity = await self._door.identity(request.scope)
        # Those of `curbside token --count` are on no list.
        own = {identity.session: identity.expires_at}
        await self._beginning.end(lambda sql: own | sessions.end_these(sql, [identity.session]))
        self._audit.note("signed_out", identity.person.id, where=address_of(request.scope))
        return self._beginning.take(nothing(), request)

    async def active(self, request: Request) -> Response:
        """204: the person at this page has just done something."""
        identity = await self._door.identity(request.scope)
        await no_body(request)
        self._activity.note(identity.session)
        return nothing()

    async def listed(self, request: Request) -> Response:
        """All sessions of whoever asks."""
        identity = await self._door.identity(request.scope)
        now_ms = self._now_ms()
        rows = await self._database.read(lambda sql: sessions.listed(sql, identity.person.id, now_ms, tokens=False))
        found = [msgspec.convert(row.model_dump() | {"current": row.id == identity.session}, Listed) for row in rows]
        return answer({"sessions": found})

    async def end(self, request: Request) -> Response:
        """204: that session of theirs is over, on every node within a second."""
        identity = await self._door.identity(request.scope)
        id = request.path_params["id"]
        if not await self._beginning.end(lambda sql: sessions.end(sql, identity.person.id, id, token=False)):
            raise Problem(404, "not_found", "You have no such session. It may have ended.")
        self._audit.note("session_ended", identity.person.id, where=address_of(request.scope))
        return nothing() if id != identity.session else self._beginning.take(nothing(), request)

    async def end_all(self, request: Request) -> Response:
        """204: all sessions of theirs are over but this one."""
        identity = await self._door.identity(request.scope)
        person, own = identity.person.id, identity.session
        await self._beginning.end(lambda sql: sessions.end_all(sql, person, but=own))
        self._audit.note("sessions_ended", person, where=address_of(request.scope))
        return nothing()

    async def proof_options(self, request: Request) -> Response:
        """What the browser is asked for: a passkey of theirs. 404 where they have none."""
        identity = await self._door.identity(request.scope)
        await no_body(request)
        known = await self._database.read(lambda sql: passkeys.of_person(sql, identity.person.id))
        if not known:
            raise Problem(404, "not_found", "You have no passkey. Give your password.")
        return answer(self._passkeys.to_use(request.scope, _to_prove(identity), known))

    async def prove(self, request: Request) -> Response:
        """200, and the cookie says from now on that its person has just proved who they are."""
        identity = await self._door.identity(request.scope)
        if identity.via != "cookie":
            raise forbidden("Programs have nothing to prove. Sign in with a browser.")
        wish = await body(request, Proof)
        if wish.credential is not None:
            person, _ = await self._proving.by_passkey(request, wish.credential, _to_prove(identity))
        elif wish.password is not None:
            handle = identity.person.handle
            person, _ = await self._proving.by_password(request, handle, wish.password, wish.code)
        else:
            raise Problem(422, "invalid", "Give `password` or `credential`.")
        if person.id != identity.person.id:
            raise forbidden("This is somebody else's. Sign out first.")
        self._activity.note(identity.session)
        self._audit.note("proved", person.id, where=address_of(request.scope))
        return await self._proved(request, identity)

    async def proved(self, request: Request) -> Response:
        """204 where a grave act would not be asked about now: for pages that are about to leave for one."""
        recent(await self._door.identity(request.scope), self._now_ms())
        return nothing()

    async def _proved(self, request: Request, identity: Identity) -> Response:
        scopes: tuple[Scope, ...] = identity.scopes
        person = identity.person.id
        if scopes:
            enrolled = await self._database.read(lambda sql: factors.has_second(sql, person))
            scopes = () if enrolled else scopes
        proved = msgspec.structs.replace(identity, proved_at=self._now_ms(), scopes=scopes)
        return self._beginning.renewed(request, identity, answer(current(proved)), scopes)


def _to_prove(identity: Identity) -> str:
    return f"prove {identity.session}"
