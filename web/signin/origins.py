"""Whether a request comes from our own pages: the exact origin, never a part of one (RFC 6454 §5)."""

import re
from collections.abc import Collection
from typing import Final

from starlette.types import Scope

_schemes: Final = {"http": "http", "ws": "http", "https": "https", "wss": "https"}
_usual_ports: Final = {"http": ":80", "https": ":443"}
_host = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?")


def from_own_pages(scope: Scope, others: Collection[str]) -> bool:
    """Whether the one `Origin` of this request is its own, or one of `others`. None, two, or `null` are not."""
    origins = _values(scope, b"origin")
    return len(origins) == 1 and (origins[0] == own_origin(scope) or origins[0] in others)


def own_origin(scope: Scope) -> str | None:
    """The origin that this request was sent to, as a browser writes it, or None where its `Host` is no such."""
    hosts = _values(scope, b"host")
    scheme = _schemes[scope["scheme"]]
    host = hosts[0].lower().removesuffix(_usual_ports[scheme]) if len(hosts) == 1 else ""
    return f"{scheme}://{host}" if _host.fullmatch(host) else None


def _values(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
