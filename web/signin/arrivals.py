"""Whoever came from a hospital with an account that is nobody's here yet: kept in their browser, sealed."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from persistence.vault import Vault
from web.api.problems import Problem, unauthenticated
from web.clock import Clock
from web.settings import Switch
from web.signin.cookies import is_secure, named
from web.signin.hospitals import Hospital
from web.signin.providers import Account

VALID_S: Final = 600
_COOKIE: Final = "curbside_arrived"


class Arrived(msgspec.Struct, frozen=True):
    """An account, of which hospital, until when (Unix ms)."""

    hospital: str
    account: Account
    expires_at: int


class Arrivals:
    """Keeps and reads the cookie. `vault` is of this purpose alone."""

    def __init__(self, vault: Vault, hospitals: Mapping[str, Hospital], secure: Switch, now_ms: Clock) -> None:
        self._vault = vault
        self._hospitals = hospitals
        self._secure = secure
        self._now_ms = now_ms

    def keep(self, response: Response, request: Request, hospital: Hospital, account: Account) -> None:
        """Let the browser hold it for ten minutes."""
        arrived = Arrived(hospital.id, account, self._now_ms() + VALID_S * 1_000)
        sealed = self._vault.sealed(msgspec.json.encode(arrived), _COOKIE)
        set_cookie(response, request, _COOKIE, as_text(sealed), self._secure)

    def arrived(self, request: Request) -> tuple[Hospital, Account]:
        """Who came with this browser. Raises `Problem`: 404 where nobody did, 401 where it is too long ago."""
        sealed = as_bytes(request.cookies.get(named(_COOKIE, request.scope, self._secure), ""))
        try:
            arrived = msgspec.json.decode(self._vault.opened(sealed, _COOKIE), type=Arrived)
        except (ValueError, msgspec.MsgspecError):
            raise Problem(404, "not_found", "Sign in at your hospital first.") from None
        hospital = self._hospitals.get(arrived.hospital)
        if arrived.expires_at <= self._now_ms() or hospital is None:
            raise unauthenticated("That was more than 10 minutes ago. Sign in at your hospital again.")
        return hospital, arrived.account

    def drop(self, response: Response, request: Request) -> None:
        """Take the cookie back."""
        set_cookie(response, request, _COOKIE, "", self._secure)


def set_cookie(response: Response, request: Request, name: str, value: str, secure: Switch) -> None:
    """A cookie for the ten minutes that a sign-in may take; an empty `value` takes it back."""
    name = named(name, request.scope, secure)
    safe = is_secure(request.scope, secure)
    response.set_cookie(name, value, VALID_S if value else 0, secure=safe, httponly=True, samesite="lax")


def as_text(data: bytes) -> str:
    """As it stands in cookies and addresses."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def as_bytes(text: str) -> bytes:
    """What `as_text` wrote; nothing where it did not."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
