"""A backplane over servers that share the channels among them by slot: each channel is carried by one of them."""

import asyncio
import logging
import os
from contextlib import suppress
from functools import partial
from itertools import count

from realtime.backplane.base import Receiver
from realtime.backplane.counter import Tally
from realtime.backplane.counts import Counts
from realtime.backplane.guide import Guide
from realtime.backplane.line import DialAt, Lost, delays
from realtime.backplane.shard import Shard
from realtime.backplane.slots import SLOTS, Address, Map, slot_of
from realtime.errors import Unavailable

logger = logging.getLogger("curbside.backplane")

START_S = 2.0
BETWEEN_LOOKS_S = 0.1
PREFIX = b"curbside:"
"""Of every channel: so a Redis may serve others too, and an ACL names ours as `&curbside:*`."""


class ShardedBackplane:
    """Carries over the servers that `guide` names, to which `dial` opens lines."""

    def __init__(self, dial: DialAt, guide: Guide) -> None:
        self.counts = Counts()
        self._dial = dial
        self._guide = guide
        self._receiver: Receiver | None = None
        self._wanted: dict[bytes, str] = {}
        self._map: Map = {}
        self._shards: dict[Address, Shard] = {}
        self._serving: list[Shard | None] = [None] * SLOTS
        self._looked = asyncio.Event()
        self._astray = asyncio.Event()
        self._follower: asyncio.Task[None] | None = None
        self._parting: set[asyncio.Task[None]] = set()

    @property
    def alone(self) -> bool:
        """Never: any process may have subscribed."""
        return False

    async def start(self, receiver: Receiver) -> None:
        """Begin to carry. Raises `Unavailable` where the servers are away, within 2 s; they are tried until `close`."""
        self._receiver = receiver
        self._follower = asyncio.create_task(self._follow())
        with suppress(TimeoutError):
            async with asyncio.timeout(START_S):
                await self._looked.wait()
                for shard in list(self._shards.values()):
                    await shard.listener.tried.wait()
        if not self._live():
            raise Unavailable("Redis does not answer. It is tried again until it does.")

    def publish(self, channel: str, payload: bytes) -> None:
        """Send `payload` to all who have subscribed to `channel`; what one loop turn publishes leaves together."""
        name = PREFIX + channel.encode()
        shard = self._serving[slot_of(name)]
        if shard is None:
            self.counts.dropped += 1
        else:
            shard.publisher.publish(name, payload)

    def subscribe(self, channel: str) -> None:
        """Want what is published on `channel` from now on; what one loop turn wants is asked for together."""
        name = PREFIX + channel.encode()
        self._wanted[name] = channel
        shard = self._serving[slot_of(name)]
        if shard is not None:
            shard.listener.subscribe(name, channel)

    def unsubscribe(self, channel: str) -> None:
        """Want it no longer."""
        name = PREFIX + channel.encode()
        self._wanted.pop(name, None)
        shard = self._serving[slot_of(name)]
        if shard is not None:
            shard.listener.unsubscribe(name)

    async def count(self, key: str, by: int, window_s: int) -> Tally | None:
        """Add `by` to a counter at the server that its slot is served by; None where that is away or refuses."""
        name = PREFIX + b"count:" + key.encode()
        shard = self._serving[slot_of(name)]
        return None if shard is None else await shard.counter.count(name, by, window_s)

    async def probe(self, timeout_s: float) -> bool:
        """Whether, on every server, what is published comes back within `timeout_s`; a silent line is then replaced."""
        if not self._live():
            return False
        return all(await asyncio.gather(*(shard.probe(timeout_s) for shard in self._shards.values())))

    async def close(self) -> None:
        """Send what is waiting, within a second; end every line and task."""
        shards, self._shards, self._serving = self._shards, {}, [None] * SLOTS
        if self._follower is not None:
            self._follower.cancel()
            await asyncio.wait([self._follower])
        await asyncio.gather(*self._parting, *(shard.close() for shard in shards.values()))

    def _live(self) -> bool:
        return None not in self._serving and all(shard.listener.live for shard in self._shards.values())

    async def _follow(self) -> None:
        """Look who serves: at first, whenever a server is lost or refuses, and as often as the guide wants it."""
        waits, why = delays(), ""
        while True:
            self._astray.clear()
            pause_s = BETWEEN_LOOKS_S
            try:
                self._apply(await self._guide.look(list(self._shards)))
                waits, why = delays(), ""
            except Lost as lost:
                if why != str(lost):
                    why = str(lost)
                    logger.warning("nobody says who carries the backplane: %s", why)
                self._astray.set()
                pause_s = next(waits)
            except Exception:
                logger.exception("looking who carries the backplane failed")
                self._astray.set()
                pause_s = next(waits)
            self._looked.set()
            await asyncio.sleep(pause_s)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._guide.again_s):
                    await self._astray.wait()

    def _apply(self, serving: Map) -> None:
        """Keep a shard for each server that serves slots, and have each channel heard where it is served."""
        if serving == self._map:
            return
        before, self._map = self._shards, serving
        self._shards = {address: self._kept_or_made(address, slots) for address, slots in serving.items() if slots}
        self._serving = [None] * SLOTS
        for address, slots in serving.items():
            for slot in slots:
                self._serving[slot] = self._shards[address]
        for name, channel in self._wanted.items():
            self._hear_where_served(name, channel)
        if before:
            self._moved(before)

    def _kept_or_made(self, address: Address, slots: set[int]) -> Shard:
        shard = self._shards.get(address)
        if shard is not None and slot_of(shard.pulse) in slots:
            return shard
        assert self._receiver is not None
        return Shard(
            partial(self._dial, address),
            self._guide.words,
            self._receiver,
            pulse=_pulse(slots),
            counts=self.counts,
            trouble=self._astray.set,
        )

    def _hear_where_served(self, name: bytes, channel: str) -> None:
        serving = self._serving[slot_of(name)]
        for shard in self._shards.values():
            if shard is not serving:
                shard.listener.forget(name)
            elif not shard.listener.wants(name):
                shard.listener.subscribe(name, channel)

    def _moved(self, before: dict[Address, Shard]) -> None:
        """Others serve than `before`: what is told until they have confirmed is not heard."""
        assert self._receiver is not None
        self._receiver.lost()
        for address, shard in before.items():
            if self._shards.get(address) is not shard:
                self.counts.reconnects += 1
                self._part(shard)

    def _part(self, shard: Shard) -> None:
        parting = asyncio.create_task(shard.close())
        self._parting.add(parting)
        parting.add_done_callback(self._parting.discard)


def _pulse(slots: set[int]) -> bytes:
    """A fresh channel that lies in one of these slots."""
    stem = PREFIX + b"pulse:" + os.urandom(8).hex().encode()
    return next(name for name in (b"%s:%d" % (stem, number) for number in count()) if slot_of(name) in slots)
