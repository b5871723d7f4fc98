"""The contract of a backplane: it carries bytes between nodes, at most once, and says when it may have lost some."""

from typing import Protocol

from realtime.backplane.counter import Tally
from realtime.backplane.counts import Counts


class Receiver(Protocol):
    """Who gets what the backplane carries. All are called on the event loop and must not block."""

    def received(self, channel: str, payload: bytes) -> None:
        """`payload` was published on `channel`, by another node or by this one."""

    def subscribed(self, channel: str) -> None:
        """A subscription to `channel` is live, for the first time or again: what came before may be lost."""

    def lost(self) -> None:
        """Nothing may come any more, until subscriptions are live again. Not everything that is lost is noticed."""


class Backplane(Protocol):
    """Publish and subscribe, bounded in time, raising nothing on the hot path.

    What is published while the backplane is away is dropped: everything that would be missed is in the journal.
    """

    @property
    def alone(self) -> bool:
        """Whether nobody else can hear what is published, so that it need not be."""

    @property
    def counts(self) -> Counts:
        """What it has done so far."""

    async def start(self, receiver: Receiver) -> None:
        """Begin to carry. Raises `Unavailable` where it is away; it is then tried again until `close`."""

    def publish(self, channel: str, payload: bytes) -> None:
        """Send `payload` to all who subscribed to `channel`; what one loop turn publishes leaves together, in order."""

    def subscribe(self, channel: str) -> None:
        """Want what is published on `channel` from now on; `Receiver.subscribed` says when that is so."""

    def unsubscribe(self, channel: str) -> None:
        """Want it no longer."""

    async def count(self, key: str, by: int, window_s: int) -> Tally | None:
        """Add `by` to a counter of all nodes, which begins anew `window_s` after its first; at most once.

        None where the backplane is away: it may have counted, and who asks must count for themselves. Bounded in time.
        """

    async def probe(self, timeout_s: float) -> bool:
        """Whether a message still comes back through the publish-subscribe path within `timeout_s`."""

    async def close(self) -> None:
        """Send what is waiting, end every connection and task."""
