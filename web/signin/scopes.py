"""What a session may be used for: all that its person may, or less."""

from typing import Final, Literal, get_args

from starlette.types import Scope as Asked

Scope = Literal["read", "write", "observe", "admin", "enrol"]
"""`enrol` is of a session whose person has to set up a second factor first, and can do nothing else."""
TokenScope = Literal["read", "write", "observe", "admin"]

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LISTENING: Final = frozenset({"read", "write", "observe"})
_ENROLLING: Final = ("/api/sessions", "/api/security", "/api/passkeys", "/api/authenticator", "/api/recovery")


def covers(scopes: tuple[Scope, ...], asked: Asked) -> bool:
    """Whether these allow this request or handshake. None at all stand for everything."""
    if not scopes:
        return True
    if "enrol" in scopes:
        return asked["type"] == "http" and str(asked["path"]).startswith(_ENROLLING)
    if asked["type"] != "http":
        return not _LISTENING.isdisjoint(scopes)
    if asked["path"] in ("/api/tickets", "/frames"):  # what may be sent to a room is looked at frame by frame
        return not _LISTENING.isdisjoint(scopes)
    if "admin" in scopes:
        return True
    return "write" in scopes or (asked["method"] in SAFE and not _LISTENING.isdisjoint(scopes))


def may_write(scopes: tuple[Scope, ...]) -> bool:
    """Whether commands may be sent to rooms."""
    return not scopes or "write" in scopes


def written(scopes: tuple[Scope, ...]) -> str:
    """As it stands in a column."""
    return " ".join(scopes)


def read(text: str) -> tuple[Scope, ...]:
    """What `written` wrote."""
    return tuple(scope for scope in get_args(Scope) if scope in text.split())
