"""The cookies of a signed-in browser: the session itself, and that there is one, which its pages may know."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from web.settings import Switch

SESSION: Final = "curbside_session"
"""The signed session, out of the reach of scripts. Over TLS its name is `__Host-` and this: set by this host only."""
SIGNED_IN: Final = "curbside_signed_in"
"""Tells a page that it need not try in vain. Whoever forges it only asks and is refused."""


def give(response: Response, request: Request, session: str, max_age_s: int, secure: Switch) -> None:
    """Set both cookies; an age of 0 takes them back."""
    safe = is_secure(request.scope, secure)
    name = named(SESSION, request.scope, secure)
    response.set_cookie(name, session, max_age_s, secure=safe, httponly=True, samesite="lax")
    response.set_cookie(SIGNED_IN, "1" if session else "", max_age_s, secure=safe, samesite="lax")


def named(name: str, scope: Scope, secure: Switch) -> str:
    """The name of a cookie where this request was sent to: another host of the domain cannot set a `__Host-` one."""
    return f"__Host-{name}" if is_secure(scope, secure) else name


def is_secure(scope: Scope, secure: Switch) -> bool:
    """Whether cookies go over TLS only."""
    return secure == "on" or (secure == "auto" and scope["scheme"] in ("https", "wss"))
