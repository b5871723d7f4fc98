"""The map of a Redis Cluster: who serves which slots. A Redis that is no Cluster is one server with them all."""

from binascii import crc_hqx
from typing import Any, NamedTuple

SLOTS = 16_384


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


Map = dict[Address, set[int]]
"""The slots of each primary; the slots of none are not served."""


def slot_of(channel: bytes) -> int:
    """The slot of a channel that holds no hash tag (`{…}`): CRC16-XMODEM, as the Redis Cluster specification has it."""
    return crc_hqx(channel, 0) % SLOTS


def everything_at(address: Address) -> Map:
    """The map of a Redis that is no Cluster."""
    return {address: set(range(SLOTS))}


def mapped(reply: Any, asked: Address) -> Map:
    """What `CLUSTER SLOTS` says. A server that does not know its own host is the one that was `asked`.

    Raises `ValueError` where `reply` is none.
    """
    serving: Map = {}
    try:
        for first, last, primary, *_ in reply:
            serving.setdefault(_address(primary, asked), set()).update(range(first, last + 1))
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError("that is no reply to CLUSTER SLOTS") from error
    return serving


def _address(primary: Any, asked: Address) -> Address:
    host, port, *_ = primary
    known = host not in (None, b"", b"?")
    return Address(host.decode() if known else asked.host, port)
