"""Signing in and out by handle and password: a session is a signed cookie."""

from collections.abc import Callable
from typing import Annotated, Final
from unicodedata import normalize

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.people import HANDLE_CHARS, PeopleDirectory, by_handle, password_hash
from realtime.ports import Audit
from realtime.rooms.people import Person
from realtime.wire.server import Me
from web.api.answers import answer, body, nothing
from web.api.problems import Problem, forbidden, unauthenticated
from web.clock import Clock
from web.settings import Switch
from web.signin.address import address_of
from web.signin.attempts import Attempts
from web.signin.cookies import give
from web.signin.identify import Door
from web.signin.passwords import Passwords
from web.signin.signing import Session, session_id

# As long as a shift, so that nobody is asked again in the middle of a case.
SESSION_MS: Final = 12 * 3_600_000


class SignIn(msgspec.Struct, frozen=True):
    """What `POST /api/sessions` takes."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1_024)]


class Current(Me, frozen=True):
    """Who is signed in, until when (Unix ms)."""

    expires_at: int


class Sessions:
    """`/api/sessions`. `ended` is told of each session that was signed out and when it would have expired."""

    def __init__(
        self,
        *,
        database: Database,
        directory: PeopleDirectory,
        door: Door,
        passwords: Passwords,
        attempts: Attempts,
        audit: Audit,
        ended: Callable[[str, int], None],
        why_barred: Callable[[str], str | None],
        secure: Switch,
        now_ms: Clock,
    ) -> None:
        self._database = database
        self._directory = directory
        self._door = door
        self._passwords = passwords
        self._attempts = attempts
        self._audit = audit
        self._ended = ended
        self._why_barred = why_barred
        self._secure = secure
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/sessions", self.sign_in, methods=["POST"]),
            Route("/api/sessions/current", self.current, methods=["GET"]),
            Route("/api/sessions/current", self.sign_out, methods=["DELETE"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """201 with the cookie; 401 where handle or password is wrong, without a word which of them."""
        if "origin" in request.headers and not self._door.from_own_pages(request.scope):
            raise forbidden("Sign in from the server's own pages, or from an origin that CURBSIDE_ORIGINS lists.")
        wish = await body(request, SignIn)
        address = address_of(request.scope)
        person = await self._person(wish, address)
        self._directory.forget(person.id)
        session = Session(person.id, person.role, session_id(), self._now_ms() + SESSION_MS)
        response = answer(_current(person, session.expires_at), 201, {"location": "/api/sessions/current"})
        give(response, request, self._door.cookies.signed(session), SESSION_MS // 1_000, self._secure)
        self._audit.note("signed_in", person.id, where=address)
        return response

    async def current(self, request: Request) -> Response:
        """Who asks."""
        identity = await self._door.identity(request.scope)
        return answer(_current(identity.person, identity.expires_at))

    async def sign_out(self, request: Request) -> Response:
        """204: this session is over, on every node, and so are the tickets it asked for."""
        identity = await self._door.identity(request.scope)
        await self._door.revocations.revoke(identity.session, identity.expires_at)
        self._ended(identity.session, identity.expires_at)
        self._audit.note("signed_out", identity.person.id, where=identity.address)
        response = nothing()
        give(response, request, "", 0, self._secure)
        return response

    async def _person(self, wish: SignIn, address: str) -> Person:
        handle = normalize("NFC", wish.handle)
        wait_s = self._attempts.wait_s(handle, address)
        if wait_s:
            raise Problem(
                429, "rate_limited", "Too many tries. Wait a minute.", retry_after_ms=max(1, round(wait_s * 1_000))
            )
        person, kept = await self._database.read(lambda sql: _found(sql, handle))
        matching = await self._passwords.match(kept, wish.password)
        if person is None or not matching:
            self._audit.note("sign_in_failed", person.id if person else "", outcome="failed", where=address)
            raise unauthenticated("Handle or password is wrong. Check both.")
        self._attempts.succeeded(handle, address)
        if (why := self._why_barred(person.id)) is not None:
            self._audit.note("sign_in_failed", person.id, detail="barred", outcome="refused", where=address)
            raise forbidden(why)
        return person


def _found(sql: Sql, handle: str) -> tuple[Person | None, str | None]:
    person = by_handle(sql, handle)
    return person, password_hash(sql, person.id) if person else None


def _current(person: Person, expires_at: int) -> Current:
    return Current(person.id, person.handle, person.role, person.specialty, person.tier, expires_at)
