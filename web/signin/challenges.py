"""Challenges that any node may finish: signed, good for five minutes, and counted once by the database.

Nothing is kept when one is given, so that asking for many fills nothing.
"""

import hmac
from hashlib import sha256
from secrets import token_bytes
from typing import Final

from sqlalchemy.exc import IntegrityError

from persistence.database import Database
from persistence.signin.spent import spend
from web.clock import Clock

VALID_MS: Final = 5 * 60_000
_RANDOM: Final = 16
_TIME: Final = 8
BYTES: Final = _RANDOM + _TIME + 32


class Challenges:
    """Gives and takes challenges. `secret` is the deployment's, `now_ms` Unix time."""

    def __init__(self, secret: bytes, database: Database, now_ms: Clock) -> None:
        self._key = hmac.digest(secret, b"curbside.challenges", sha256)
        self._database = database
        self._now_ms = now_ms

    def fresh(self, purpose: str) -> bytes:
        """A new challenge for this purpose, which names whom it is for."""
        body = token_bytes(_RANDOM) + (self._now_ms() + VALID_MS).to_bytes(_TIME, "big")
        return body + self._mac(body, purpose)

    async def spend(self, challenge: bytes, purpose: str) -> bool:
        """Whether it was given for this purpose, is not too old, and was not spent before. Raises `Unavailable`."""
        body, now_ms = challenge[: _RANDOM + _TIME], self._now_ms()
        genuine = len(challenge) == BYTES and hmac.compare_digest(challenge[len(body) :], self._mac(body, purpose))
        expires_at = int.from_bytes(body[_RANDOM:], "big")
        if not genuine or not now_ms < expires_at:
            return False
        digest = sha256(challenge).digest()
        try:
            return await self._database.write(lambda sql: spend(sql, digest, expires_at, now_ms))
        except IntegrityError:
            return False

    def derived(self, challenge: bytes, what: str) -> bytes:
        """32 secret bytes that belong to this challenge: the same on every node, and kept nowhere."""
        return self._mac(challenge, f"derived {what}")

    def _mac(self, body: bytes, purpose: str) -> bytes:
        return hmac.digest(self._key, len(purpose).to_bytes(4, "big") + purpose.encode() + body, sha256)
