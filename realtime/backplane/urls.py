"""What the URL of a Redis says: of which kind it is, where its servers are, and who we are to them."""

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from realtime.backplane.slots import Address

REFUSED: Final = (
    "The Redis URL must be redis://HOST:PORT (rediss:// with TLS, redis+cluster://HOST:PORT for a Cluster, "
    "redis+sentinel://HOST:PORT,HOST:PORT/NAME for the master that sentinels call NAME), with its password "
    "percent-encoded and, of options, only ssl_* with TLS, and sentinel_username and sentinel_password for sentinels."
)

_form = re.compile(
    r"redis(?P<tls>s?)(\+(?P<kind>cluster|sentinel))?://"
    r"(?P<authority>[^/?#\s]*)(?P<path>[^?#\s]*)(\?(?P<query>[^#\s]*))?"
)
_ports = {"": 6_379, "cluster": 6_379, "sentinel": 26_379}
_paths = {"": r"/?(\d*)", "cluster": r"/?(\d*)", "sentinel": r"/([A-Za-z0-9._-]+)"}


class Login(NamedTuple):
    """Who we are to a server; nobody where both are None."""

    username: str | None
    password: str | None


class Place(NamedTuple):
    """`kind` is empty, `cluster` or `sentinel`. `addresses` are those of the one server, of some of the Cluster's, or
    of the sentinels, who call their master `service`. `tls_query` is the ssl_* part of the URL, as it stands there.
    """

    kind: str
    tls: bool
    addresses: tuple[Address, ...]
    service: str
    login: Login
    sentinel_login: Login
    tls_query: str


def placed(url: str) -> Place:
    """What `url` says. Raises `ValueError` where it is none of a Redis: one sentence that holds nothing of it."""
    try:
        return _placed(url)
    except ValueError:
        raise ValueError(REFUSED) from None


def _placed(url: str) -> Place:
    form = _form.fullmatch(url)
    if form is None:
        raise ValueError
    kind = form["kind"] or ""
    login, _, hosts = form["authority"].rpartition("@")
    addresses = tuple(_address(host, _ports[kind]) for host in hosts.split(","))
    path = re.fullmatch(_paths[kind], form["path"])
    options = dict(parse_qsl(form["query"], strict_parsing=True)) if form["query"] else {}
    sentinel_login = Login(options.pop("sentinel_username", None), options.pop("sentinel_password", None))
    foreign = [name for name in options if not (name.startswith("ssl_") and form["tls"])]
    if path is None or foreign or (any(sentinel_login) and kind != "sentinel") or (not kind and len(addresses) > 1):
        raise ValueError
    return Place(
        kind=kind,
        tls=bool(form["tls"]),
        addresses=addresses,
        # Publish-subscribe knows no numbered databases, so none is chosen.
        service=path[1] if kind == "sentinel" else "",
        login=_login(login),
        sentinel_login=sentinel_login,
        tls_query="&".join(part for part in (form["query"] or "").split("&") if part.startswith("ssl_")),
    )


def _address(text: str, port: int) -> Address:
    parts = urlsplit(f"redis://{text}")
    if not parts.hostname:
        raise ValueError
    return Address(parts.hostname, parts.port or port)


def _login(text: str) -> Login:
    username, _, password = text.partition(":")
    return Login(unquote(username) or None, unquote(password) or None)
