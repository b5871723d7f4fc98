"""What every sender is given, and how it says that something did not go."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

import msgspec

from persistence.channels.addresses import Address
from persistence.channels.deliveries import Told


class NotSent(Exception):
    """It did not go, for a reason of this class: one word, never what a server said.

    `final`: it will not go another time either. `gone`: nothing ever will, by this channel.
    """

    def __init__(self, error: str, *, final: bool = False, gone: bool = False) -> None:
        super().__init__(error)
        self.error = error
        self.final = final or gone
        self.gone = gone


class Parcel(msgspec.Struct, frozen=True):
    """What is to be sent to one address: one notice, or several that were gathered.

    `id`: the same at every attempt, by which a receiver knows what they have already. `until`: Unix ms, after which it
    is of no use.
    """

    id: str
    address: Address
    told: Sequence[Told]
    until: int


class Sender(Protocol):
    """Sends by one kind of channel."""

    async def send(self, parcel: Parcel) -> None:
        """Return once the other side has taken it. Raises `NotSent`.

        It ends by itself before the lease of such a delivery does, and once it has ended nothing goes out any more.
        """

    async def close(self) -> None:
        """End every connection."""


def parcel_id(*parts: str) -> str:
    """The id of what is sent: 32 hex digits that tell nobody what they stand for."""
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def refused(status: int) -> str:
    """The class of an answer that is no."""
    return f"http_{status}"
