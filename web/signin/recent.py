"""Whether somebody proved a moment ago who they are: what grave acts ask for (ASVS 5.0 §7.5.1)."""

from typing import Final

from web.api.problems import Problem, forbidden
from web.signin.identify import Identity

RECENT_MS: Final = 5 * 60_000


def recent(identity: Identity, now_ms: int) -> None:
    """Return if this person proved who they are within 5 minutes.

    A program cannot be asked: its token needs the scope `admin`, or none at all. Raises `Problem` (403): the pages
    answer `proof_needed` by asking for the passkey or the password, and send the same again.
    """
    administers(identity)
    if identity.via == "cookie":
        in_person(identity, now_ms)


def administers(identity: Identity) -> None:
    """Return unless it is a token that is not for administration. Raises `Problem` (403)."""
    if identity.scopes and "admin" not in identity.scopes:
        raise forbidden("This token is not for that. Make one with the scope `admin`.")


def in_person(identity: Identity, now_ms: int) -> None:
    """Return if it is a person at a browser, who proved who they are within 5 minutes. Raises `Problem` (403)."""
    if identity.via != "cookie":
        raise forbidden("Programs may not do this. Sign in with a browser.")
    if identity.proved_at < now_ms - RECENT_MS:
        raise Problem(403, "proof_needed", "Prove again who you are: it was more than 5 minutes ago.")
