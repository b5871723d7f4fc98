"""Network addresses as limits count them."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

IPV6_PREFIX: Final = 64


@lru_cache(maxsize=8_192)
def network(address: str) -> str:
    """The network that counts as one: an IPv4 address, or a /64 of IPv6, all of which one household or host has.

    What is no address stays as it is.
    """
    try:
        parsed = _parsed(address)
    except ValueError:
        return address
    return str(IPv6Network((parsed, IPV6_PREFIX), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


class Networks:
    """A set of addresses and networks, as settings have them."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._all = [ip_network(one, strict=False) for one in listed]
        self._has = lru_cache(maxsize=8_192)(self._look)

    def __contains__(self, address: str) -> bool:
        return bool(self._all) and self._has(address)

    def _look(self, address: str) -> bool:
        try:
            parsed = _parsed(address)
        except ValueError:
            return False
        return any(parsed in one for one in self._all)


def _parsed(address: str) -> IPv4Address | IPv6Address:
    """The address, as IPv4 where it came through IPv6 (RFC 4291 §2.5.5.2)."""
    parsed = ip_address(address)
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed
