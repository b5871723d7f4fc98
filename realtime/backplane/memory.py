"""The backplane of one process: the twin of Redis, with nothing in between."""

import asyncio

from realtime.backplane.base import Receiver
from realtime.backplane.counter import Tally
from realtime.backplane.counts import Counts
from realtime.errors import Unavailable


class MemoryBus:
    """What the memory backplanes of several nodes of one event loop share. It may be cut, as Redis may go."""

    def __init__(self) -> None:
        self.backplanes: list[MemoryBackplane] = []
        self.away = False
        self._counters: dict[str, tuple[int, float]] = {}

    def cut(self) -> None:
        """Carry nothing until `mend`."""
        self.away = True
        for backplane in self.backplanes:
            backplane.disconnected()

    def mend(self) -> None:
        """Carry again: to each subscriber that is as after a lost connection."""
        self.away = False
        for backplane in self.backplanes:
            backplane.reconnected()

    def count(self, key: str, by: int, window_s: int) -> Tally:
        """Add `by` to a counter that all on this bus share."""
        now_s = asyncio.get_running_loop().time()
        self._counters = {key: counter for key, counter in self._counters.items() if counter[1] > now_s}
        value, ends_s = self._counters.get(key, (0, now_s + window_s))
        self._counters[key] = value + by, ends_s
        return Tally(value + by, ends_s - now_s)


class MemoryBackplane:
    """Carries within one event loop, in order, each message in a turn of its own, never inside `publish`."""

    def __init__(self, bus: MemoryBus | None = None) -> None:
        self.counts = Counts()
        self._bus = bus or MemoryBus()
        self._receiver: Receiver | None = None
        self._wanted: set[str] = set()

    @property
    def alone(self) -> bool:
        """Whether no other node is on the bus."""
        return len(self._bus.backplanes) < 2

    async def start(self, receiver: Receiver) -> None:
        """Begin to carry."""
        self._receiver = receiver
        self._bus.backplanes.append(self)
        if self._bus.away:
            raise Unavailable("The backplane is away; it is tried again until it is back.")
        self.reconnected()

    def publish(self, channel: str, payload: bytes) -> None:
        """Send `payload` to all who have subscribed to `channel`, this one included."""
        if self._receiver is None or self._bus.away:
            self.counts.dropped += 1
            return
        self.counts.published += 1
        for backplane in self._bus.backplanes:
            backplane.carry(channel, payload)

    def subscribe(self, channel: str) -> None:
        """Want what is published on `channel` from now on."""
        self._wanted.add(channel)
        self._confirm(channel)

    def unsubscribe(self, channel: str) -> None:
        """Want it no longer."""
        self._wanted.discard(channel)

    async def count(self, key: str, by: int, window_s: int) -> Tally | None:
        """None where this is alone, too: then there is nobody to share with."""
        return None if self._bus.away or self._receiver is None or self.alone else self._bus.count(key, by, window_s)

    async def probe(self, timeout_s: float) -> bool:
        """Whether the bus carries; it takes no time to tell."""
        return self._receiver is not None and not self._bus.away

    async def close(self) -> None:
        """Deliver what is under way, then nothing any more."""
        await asyncio.sleep(0)
        if self._receiver is not None:
            self._receiver = None
            self._bus.backplanes.remove(self)

    def carry(self, channel: str, payload: bytes) -> None:
        """Deliver `payload` in a coming turn, if it is wanted now and then."""
        if channel in self._wanted:
            asyncio.get_running_loop().call_soon(self._deliver, channel, payload)

    def reconnected(self) -> None:
        """Every subscription has become live, for the first time or again."""
        for channel in self._wanted:
            self._confirm(channel)

    def disconnected(self) -> None:
        """Nothing comes any more."""
        asyncio.get_running_loop().call_soon(self._tell_lost)

    def _confirm(self, channel: str) -> None:
        if self._receiver is not None and not self._bus.away:
            asyncio.get_running_loop().call_soon(self._tell_subscribed, channel)

    def _tell_lost(self) -> None:
        if self._receiver is not None:
            self._receiver.lost()

    def _tell_subscribed(self, channel: str) -> None:
        if self._receiver is not None and channel in self._wanted:
            self._receiver.subscribed(channel)

    def _deliver(self, channel: str, payload: bytes) -> None:
        if self._receiver is not None and channel in self._wanted:
            self.counts.received += 1
            self._receiver.received(channel, payload)
