"""A backplane over servers that share the channels among them by slot: each channel is carried by one of them."""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

from realtime.backplane.base import Receiver
from realtime.backplane.counts import Counts
from realtime.backplane.line import Line, Lost, delays
from realtime.backplane.shard import Shard
from realtime.backplane.slots import SLOTS, Address, Map, everything_at, mapped, slot_of
from realtime.backplane.words import PLAIN, SHARDED
from realtime.errors import Unavailable

START_S = 2.0
BETWEEN_LOOKS_S = 0.1
PREFIX = b"curbside:"
"""Of every channel: so a Redis may serve others too, and an ACL names ours as `&curbside:*`."""


class ShardedBackplane:
    """Carries over `home`, or over the Cluster that `home` belongs to. `dial` opens a line, or raises `Lost`."""

    def __init__(self, dial: Callable[[Address], Awaitable[Line]], home: Address, cluster: bool) -> None:
        self.counts = Counts()
        self._dial = dial
        self._home = home
        self._cluster = cluster
        self._receiver: Receiver | None = None
        self._wanted: dict[bytes, str] = {}
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
        if self._cluster:
            self._follower = asyncio.create_task(self._follow())
        else:
            self._apply(everything_at(self._home))
            self._looked.set()
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
        """Look who serves which slots: at first, and whenever a server is lost or says that something has moved."""
        waits = delays()
        while True:
            self._astray.clear()
            pause_s = BETWEEN_LOOKS_S
            try:
                self._apply(await self._look())
                waits = delays()
            except Lost:
                self._astray.set()
                pause_s = next(waits)
            self._looked.set()
            await asyncio.sleep(pause_s)
            await self._astray.wait()

    async def _look(self) -> Map:
        """The map of the first server that answers. Raises `Lost`."""
        known = list(self._shards)
        for address in [*random.sample(known, len(known)), self._home]:
            with suppress(Lost, ValueError):
                line = await self._dial(address)
                try:
                    [reply] = await line.ask([(b"CLUSTER", b"SLOTS")])
                finally:
                    await line.close()
                return mapped(reply, address)
        raise Lost("no server of the Cluster answers")

    def _apply(self, serving: Map) -> None:
        """Keep a shard for each server that serves slots, and have each channel heard where it is served."""
        before = self._shards
        self._shards = {address: self._kept_or_made(address, slots) for address, slots in serving.items() if slots}
        self._serving = [None] * SLOTS
        for address, slots in serving.items():
            for slot in slots:
                self._serving[slot] = self._shards[address]
        for name, channel in self._wanted.items():
            self._hear_where_served(name, channel)
        for address, shard in before.items():
            if self._shards.get(address) is not shard:
                self._part(shard)

    def _kept_or_made(self, address: Address, slots: set[int]) -> Shard:
        shard = self._shards.get(address)
        if shard is not None and slot_of(shard.pulse) in slots:
            return shard
        assert self._receiver is not None
        return Shard(
            lambda: self._dial(address),
            SHARDED if self._cluster else PLAIN,
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

    def _part(self, shard: Shard) -> None:
        parting = asyncio.create_task(shard.close())
        self._parting.add(parting)
        parting.add_done_callback(self._parting.discard)


def _pulse(slots: set[int]) -> bytes:
    """A fresh channel that lies in one of these slots."""
    stem = PREFIX + b"pulse:" + os.urandom(8).hex().encode()
    return next(name for name in (b"%s:%d" % (stem, number) for number in count()) if slot_of(name) in slots)
