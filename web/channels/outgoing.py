"""HTTP to addresses that people have given: to the public network only, unless an operator has said otherwise.

A name is resolved once and the connection goes to the very address that was looked at (no DNS rebinding); redirects
are not followed, answers are read up to a limit, and everything has its time.
"""

import asyncio
import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpcore2

from realtime.addresses import Networks
from web.channels.sending import NotSent

TIMEOUT_S: Final = 10.0
CONNECT_S: Final = 5.0
MOST_BYTES: Final = 65_536
MOST_ADDRESSES: Final = 3
NAMES_AT_ONCE: Final = 8

Allowed = Callable[[str], bool]
"""Whether an address may be connected to."""

_UNICAST: Final = IPv6Network("2000::/3")
# Translated by the network into the IPv4 address at their end (RFC 6052).
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
# Public by its number, but a cloud's own inside: Azure's "wire server".
_METADATA: Final = frozenset({ip_address("168.63.129.16")})


class Answer(NamedTuple):
    """What came back: at most 64 KiB of it."""

    status: int
    body: bytes


class Rules(NamedTuple):
    """`inside`: private networks that may be reached, there also by http. `hosts`: if any, no other names are called.

    A host that begins with a dot stands for all names that end with it.
    """

    inside: Sequence[str] = ()
    hosts: Sequence[str] = ()

    def allow(self, url: str) -> bool:
        """Whether this address has a form, and a host, that is called at all; where it leads is seen then."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        written = url.isascii() and url.isprintable() and " " not in url
        known = parts.scheme == "https" or (parts.scheme == "http" and bool(self.inside))
        plain = known and bool(host) and parts.username is None and not parts.fragment
        return written and plain and (not self.hosts or any(_answers_to(host, one) for one in self.hosts))


ANYWHERE: Final = Rules(("0.0.0.0/0", "::/0"))
"""For addresses that the operator has given, not other people."""


class Outgoing:
    """Calls what `rules` allow."""

    def __init__(self, rules: Rules) -> None:
        networks = Networks(rules.inside)
        self._rules = rules
        # A name server that hangs holds up nobody else's threads.
        self._names = ThreadPoolExecutor(NAMES_AT_ONCE, "curbside-names")
        self._pools = {
            "https": self._pool(lambda address: address in networks or is_public(address)),
            "http": self._pool(lambda address: address in networks),
        }

    async def post(self, url: str, headers: dict[str, str], content: bytes) -> Answer:
        """The answer to `content`. Raises `NotSent`."""
        return await self.call("POST", url, headers, content)

    async def call(self, method: str, url: str, headers: dict[str, str], content: bytes) -> Answer:
        """The same by another method. Raises `NotSent`."""
        if not self._rules.allow(url):
            raise NotSent("not_allowed", final=True)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await self._called(method, url, headers, content)
        except (TimeoutError, httpcore2.TimeoutException):
            raise NotSent("timeout") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError):
            raise NotSent("unreachable") from None
        except ValueError:
            # A name that is none, such as a label of more than 63 characters.
            raise NotSent("not_allowed", final=True) from None

    async def close(self) -> None:
        """End every connection."""
        for pool in self._pools.values():
            await pool.aclose()
        self._names.shutdown(wait=False, cancel_futures=True)

    def _pool(self, allowed: Allowed) -> httpcore2.AsyncConnectionPool:
        backend = _Guarded(allowed, self._names)
        return httpcore2.AsyncConnectionPool(max_connections=200, keepalive_expiry=5.0, network_backend=backend)

    async def _called(self, method: str, url: str, headers: dict[str, str], content: bytes) -> Answer:
        pool = self._pools[urlsplit(url).scheme]
        data = bytearray()
        async with pool.stream(method, url, headers=list(headers.items()), content=content) as response:
            async for part in response.aiter_stream():
                data += part
                if len(data) > MOST_BYTES:
                    break
        return Answer(response.status, bytes(data[:MOST_BYTES]))


def is_public(address: str) -> bool:
    """Whether this address is on the public network: no private, local, shared, multicast or metadata one.

    One of IPv6 that stands for one of IPv4 is what that is.
    """
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        four = _embedded(parsed)
        return is_public(str(four)) if four is not None else parsed in _UNICAST and parsed.is_global
    return parsed.is_global and not parsed.is_multicast and parsed not in _METADATA


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


class _Guarded(httpcore2.AnyIOBackend):
    """Connects to addresses that are allowed, and resolves names itself."""

    def __init__(self, allowed: Allowed, names: ThreadPoolExecutor) -> None:
        self._allowed = allowed
        self._names = names

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Raises `NotSent` where the name leads anywhere that is not allowed, whatever else it leads to."""
        async with asyncio.timeout(CONNECT_S):
            addresses = await asyncio.get_running_loop().run_in_executor(self._names, _resolved, host, port)
        if not all(self._allowed(address) for address in addresses):
            raise NotSent("not_allowed", final=True)
        for address in addresses[: MOST_ADDRESSES - 1]:
            try:
                return await super().connect_tcp(address, port, CONNECT_S / MOST_ADDRESSES)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await super().connect_tcp(addresses[-1], port, CONNECT_S / MOST_ADDRESSES)


def _resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _answers_to(host: str, listed: str) -> bool:
    return host.endswith(listed) if listed.startswith(".") else host == listed
