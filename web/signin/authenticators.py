"""Authenticator apps (TOTP, RFC 6238: SHA-1, 6 digits, 30 s) and the recovery codes that stand in for them."""

from base64 import b32encode
from secrets import token_bytes
from typing import Final, NamedTuple

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError
from sqlmodel import Session as Sql

from persistence.database import Database
from persistence.signin import factors
from persistence.vault import Vault
from realtime.rooms.people import Person
from web.api.problems import Problem
from web.clock import Clock
from web.signin.typed import typed_digest

CODES: Final = 10
_SECRET_BYTES: Final = 20
_CODE_BYTES: Final = 10
_BLOCKED: Final = "Too many wrong codes. Use a recovery code or a passkey, or ask those who run this server."


class Offer(NamedTuple):
    """A secret for an app: typed in (base32), as a link, or as a picture to be scanned (SVG, a data: address)."""

    secret: str
    link: str
    picture: str


class Authenticators:
    """Secrets lie in `vault`; `now_ms` is Unix time."""

    def __init__(self, vault: Vault, database: Database, now_ms: Clock) -> None:
        self._vault = vault
        self._database = database
        self._now_ms = now_ms

    async def offer(self, person: Person) -> Offer:
        """A new secret, which counts once `confirm` is given a code of it. Raises `Problem` (409), `Unavailable`."""
        raw = token_bytes(_SECRET_BYTES)
        sealed = self._vault.sealed(raw, person.id)
        try:
            await self._database.write(lambda sql: factors.offer(sql, person.id, sealed))
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None
        secret = b32encode(raw).decode()
        link = pyotp.TOTP(secret).provisioning_uri(name=person.handle, issuer_name="Curbside")
        return Offer(secret, link, segno.make_qr(link, error="m").svg_data_uri(scale=4, border=2))

    async def confirm(self, person: str, code: str) -> list[str]:
        """Let the app count, and return new recovery codes. Raises `Problem` (422) for a wrong code, `Unavailable`."""
        row = await self._database.read(lambda sql: factors.authenticator(sql, person))
        step = self._step(person, row.secret, code) if row is not None and row.confirmed_at is None else None
        if step is None:
            raise Problem(422, "invalid", "This code does not fit. Type the six digits that the app shows now.")
        codes, now_ms = _codes(), self._now_ms()

        def write(sql: Sql) -> bool:
            confirmed = factors.confirm(sql, person, step, now_ms)
            if confirmed:
                factors.keep_recovery(sql, person, map(typed_digest, codes))
            return confirmed

        if not await self._database.write(write):
            raise Problem(409, "conflict", "This authenticator app was set up already.")
        return codes

    async def renew_codes(self, person: str) -> list[str]:
        """New recovery codes in place of all old ones. Raises `Unavailable`."""
        codes = _codes()
        await self._database.write(lambda sql: factors.keep_recovery(sql, person, map(typed_digest, codes)))
        return codes

    async def confirmed(self, person: str) -> bool:
        """Whether this person must give a code beside a password. Raises `Unavailable`."""
        row = await self._database.read(lambda sql: factors.authenticator(sql, person))
        return row is not None and row.confirmed_at is not None

    async def fits(self, person: str, code: str) -> bool:
        """Whether it is a code of the app, or a recovery code; it is then used. Raises `Problem`, `Unavailable`."""
        row = await self._database.read(lambda sql: factors.authenticator(sql, person))
        if row is None or row.confirmed_at is None:
            return False
        digest = typed_digest(code)
        if await self._database.write(lambda sql: factors.take_recovery(sql, person, digest)):
            return True
        if row.wrong >= factors.MOST_WRONG:
            raise Problem(401, "second_factor", _BLOCKED)
        step = self._step(person, row.secret, code)
        if step is not None and await self._database.write(lambda sql: factors.take_step(sql, person, step)):
            return True
        await self._database.write(lambda sql: factors.count_wrong(sql, person))
        return False

    def _step(self, person: str, sealed: bytes, code: str) -> int | None:
        """The time step of which this is the code: now, or one before or after (RFC 6238 §5.2)."""
        totp = pyotp.TOTP(b32encode(self._vault.opened(sealed, person)).decode())
        typed = "".join(code.split())
        try:
            return totp.verify_and_get_timecode(typed, for_time=self._now_ms() / 1_000, valid_window=1)
        except OTPVerificationError:
            return None


def _codes() -> list[str]:
    """Ten codes of 80 random bits, in groups of four that are easily read: base32 has no 0, 1 or 8."""
    texts = (b32encode(token_bytes(_CODE_BYTES)).decode().lower() for _ in range(CODES))
    return ["-".join(text[at : at + 4] for at in range(0, len(text), 4)) for text in texts]
