"""The network address of a client."""

from starlette.types import Scope


def address_of(scope: Scope) -> str:
    """Where this request came from, through the proxies that CURBSIDE_TRUSTED_PROXIES names; empty where not known."""
    client = scope.get("client")
    return str(client[0]) if client else ""
