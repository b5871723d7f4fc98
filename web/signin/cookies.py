"""The cookies of a signed-in browser: the session itself, and that there is one, which its pages may know."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from web.settings import Switch

SESSION: Final = "curbside_session"
"""The signed session, out of the reach of scripts."""
SIGNED_IN: Final = "curbside_signed_in"
"""Tells a page that it need not try in vain. Whoever forges it only asks and is refused."""


def give(response: Response, request: Request, session: str, max_age_s: int, secure: Switch) -> None:
    """Set both cookies; an age of 0 takes them back."""
    safe = secure == "on" or (secure == "auto" and request.url.scheme == "https")
    response.set_cookie(SESSION, session, max_age_s, secure=safe, httponly=True, samesite="lax")
    response.set_cookie(SIGNED_IN, "1" if session else "", max_age_s, secure=safe, samesite="lax")
