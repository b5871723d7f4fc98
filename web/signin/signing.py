"""Sessions and tokens as signed values: who one is, without a query (HMAC-SHA256, a key of its own per purpose)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from secrets import token_urlsafe
from typing import Literal

import msgspec
from itsdangerous import BadSignature, Signer

from realtime.rooms.people import Role
from web.signin.scopes import Scope

Purpose = Literal["cookie", "bearer"]

_encode = msgspec.msgpack.Encoder().encode


class Session(msgspec.Struct, frozen=True, array_like=True):
    """That `person` signed in as `role`. `id` is what a revocation names; times are Unix ms.

    `proved_at`: when they last proved who they are; 0 where nobody did, as with a program's token. No `scopes`: all.
    """

    person: str
    role: Role
    id: str
    expires_at: int
    proved_at: int = 0
    scopes: tuple[Scope, ...] = ()


_decode = msgspec.msgpack.Decoder(Session).decode


def session_id() -> str:
    """A fresh session id, 128 random bits."""
    return token_urlsafe(16)


class Signing:
    """Signs and reads sessions for one purpose: a cookie is no bearer token, and the other way round."""

    def __init__(self, secret: bytes, purpose: Purpose) -> None:
        salt = b"curbside." + purpose.encode()
        derived = Signer(secret, salt=salt, key_derivation="hmac", digest_method=sha256).derive_key()
        self._signer = Signer(derived, key_derivation="none", digest_method=sha256)

    def signed(self, session: Session) -> str:
        """`session` as text of `A-Za-z0-9_.=-`."""
        return self._signer.sign(urlsafe_b64encode(_encode(session))).decode()

    def read(self, text: str, now_ms: int) -> Session | None:
        """The session that `signed` wrote, or None where it is forged, foreign or expired."""
        try:
            session = _decode(urlsafe_b64decode(self._signer.unsign(text)))
        except (BadSignature, NotBase64, msgspec.DecodeError, UnicodeError):
            return None
        return session if session.expires_at > now_ms else None
