"""How somebody proves who they are: a password with the code of their app, where they have one, or a passkey."""

from functools import partial
from typing import NamedTuple
from unicodedata import normalize

from sqlmodel import Session as Sql
from starlette.requests import Request

from persistence.database import Database
from persistence.people import by_handle, find, password_hash
from persistence.signin import passkeys
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.problems import Problem, unauthenticated
from web.signin.address import address_of
from web.signin.attempts import Attempts
from web.signin.authenticators import Authenticators
from web.signin.beginning import Still
from web.signin.passkeys import Credential, Passkeys
from web.signin.passwords import Passwords


class Proved(NamedTuple):
    """Who has proved who they are, and whether what they did it with is theirs still."""

    person: Person
    still: Still


class Proving:
    """What is asked of everybody who signs in, or signs for a grave act."""

    def __init__(
        self,
        *,
        database: Database,
        passwords: Passwords,
        attempts: Attempts,
        authenticators: Authenticators,
        passkeys: Passkeys,
        audit: Audit,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._attempts = attempts
        self._authenticators = authenticators
        self._passkeys = passkeys
        self._audit = audit

    async def by_password(self, request: Request, handle: str, password: str, code: str | None) -> Proved:
        """Whose handle and password these are.

        Raises `Problem`: 401 where one of them is wrong, without a word which; `second_factor` where a code is missing
        or wrong; 429 after too many tries. Raises `Unavailable`.
        """
        handle, where = normalize("NFC", handle), address_of(request.scope)
        wait_s = await self._attempts.wait_s(handle, where)
        if wait_s:
            raise _too_many(wait_s)
        person, kept = await self._database.read(lambda sql: _found(sql, handle))
        matching = await self._passwords.match(kept, password)
        if person is None or not matching:
            self._audit.note("sign_in_failed", person.id if person else "", outcome="failed", where=where)
            raise unauthenticated("Handle or password is wrong. Check both.")
        if await self._authenticators.confirmed(person.id):
            await self._second(person, code, handle, where)
        await self._attempts.succeeded(handle, where)
        return Proved(person, lambda sql: password_hash(sql, person.id) == kept)

    async def by_passkey(self, request: Request, credential: Credential, purpose: str) -> Proved:
        """Whose passkey it is. Raises `Problem` (401, 429) or `Unavailable`."""
        where = address_of(request.scope)
        # Nobody is named before their passkey has spoken: what is counted is the address.
        wait_s = await self._attempts.wait_s(f"passkey {where}", where)
        if wait_s:
            raise _too_many(wait_s)
        try:
            used = await self._passkeys.used(request.scope, credential, purpose)
        except Problem:
            self._audit.note("sign_in_failed", "", detail="passkey", outcome="failed", where=where)
            raise
        person = await self._database.read(lambda sql: find(sql, used.person))
        if person is None:
            raise unauthenticated()
        await self._attempts.succeeded(f"passkey {where}", where)
        return Proved(person, partial(passkeys.owned, person=person.id, id=used.id))

    async def _second(self, person: Person, code: str | None, handle: str, where: str) -> None:
        if not code:
            # The password was right: asking for the code is no guess.
            await self._attempts.succeeded(handle, where)
            raise Problem(401, "second_factor", "Type the code that your authenticator app shows, or a recovery code.")
        if not await self._authenticators.fits(person.id, code):
            self._audit.note("sign_in_failed", person.id, detail="second factor", outcome="failed", where=where)
            raise Problem(401, "second_factor", "This code is wrong or was used. Wait for the next one.")


def _found(sql: Sql, handle: str) -> tuple[Person | None, str | None]:
    person = by_handle(sql, handle)
    return person, password_hash(sql, person.id) if person else None


def _too_many(wait_s: float) -> Problem:
    return Problem(429, "rate_limited", "Too many tries. Wait a minute.", retry_after_ms=max(1, round(wait_s * 1_000)))
