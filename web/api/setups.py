"""`POST /api/sessions/setup`: setting up one's sign-in anew, with the code that an operator gave."""

from typing import Annotated, Final
from unicodedata import normalize

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.people import HANDLE_CHARS, by_handle, password_hash, set_password_hash
from persistence.signin import factors
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import body
from web.api.problems import Problem, unauthenticated
from web.clock import Clock
from web.signin.address import address_of
from web.signin.attempts import Attempts
from web.signin.beginning import Beginning
from web.signin.identify import Door
from web.signin.passwords import PASSWORD_CHARS, Passwords
from web.signin.typed import typed_digest

VALID_MS: Final = 24 * 3_600_000


class SetUp(msgspec.Struct, frozen=True):
    """What is sent: the code, and the password that is wanted from now on."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    password: Annotated[str, msgspec.Meta(max_length=1_024)]


class Setups:
    """Takes setup codes."""

    def __init__(
        self,
        *,
        database: Database,
        door: Door,
        beginning: Beginning,
        passwords: Passwords,
        attempts: Attempts,
        audit: Audit,
        now_ms: Clock,
    ) -> None:
        self._database = database
        self._door = door
        self._beginning = beginning
        self._passwords = passwords
        self._attempts = attempts
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/sessions/setup", self.set_up, methods=["POST"])]

    async def set_up(self, request: Request) -> Response:
        """201 with the cookie: the password is this one from now on, and the code is used."""
        self._door.refuse_foreign_pages(request.scope, "Sign in")
        wish = await body(request, SetUp)
        if len(wish.password) < PASSWORD_CHARS:
            raise Problem(422, "invalid", f"A password has at least {PASSWORD_CHARS} characters: choose a longer one.")
        handle, where = normalize("NFC", wish.handle), address_of(request.scope)
        wait_s = await self._attempts.wait_s(handle, where)
        if wait_s:
            wait_ms = max(1, round(wait_s * 1_000))
            raise Problem(429, "rate_limited", "Too many tries. Wait a minute.", retry_after_ms=wait_ms)
        kept = await self._passwords.hashed(wish.password)
        digest, now_ms = typed_digest(wish.code), self._now_ms()
        person = await self._database.write(lambda sql: _taken(sql, handle, digest, kept, now_ms))
        if person is None:
            self._audit.note("sign_in_failed", "", detail="setup code", outcome="failed", where=where)
            raise unauthenticated("Handle or code is wrong, or the code was used or is a day old. Ask for a new one.")
        await self._attempts.succeeded(handle, where)
        return await self._beginning.begin(request, person, "setup", lambda sql: password_hash(sql, person.id) == kept)


def _taken(sql: Sql, handle: str, digest: bytes, kept: str, now_ms: int) -> Person | None:
    person = by_handle(sql, handle)
    if person is None or not factors.take_setup(sql, person.id, digest, now_ms):
        return None
    set_password_hash(sql, person.id, kept)
    return person
