"""The rooms that a node holds: read from the journal on first need, and dropped when nobody needs them."""

import asyncio
import logging
from collections.abc import Iterator, Set

from realtime.clock import SPREAD_S
from realtime.errors import Gap, Unavailable
from realtime.host import Host, load
from realtime.node import Node, room_channel
from realtime.rooms.refusals import Refusal, Refused
from realtime.slices import spread
from realtime.socket import Connection, Seat

logger = logging.getLogger("curbside.hub")

IDLE_S = 30.0
# Rooms whose last turn hangs, as the journal does, are not waited for longer.
SETTLE_S = 0.5


class HeldRooms:
    """By id; what is published of a room is subscribed to from before it is read until it is dropped."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._hosts: dict[str, Host] = {}
        self._loading: dict[str, asyncio.Task[Host | None]] = {}

    def __len__(self) -> int:
        return len(self._hosts)

    def __iter__(self) -> Iterator[Host]:
        return iter(list(self._hosts.values()))

    def live(self, room: str) -> Host | None:
        """The room if this node holds it."""
        return self._hosts.get(room)

    async def host(self, room: str) -> Host | None:
        """The room, read from the journal on first need, or None where there is none. Raises `Unavailable`."""
        host = self._hosts.get(room)
        if host is not None and not host.abandoned:
            host.used_at = asyncio.get_running_loop().time()
            if not len(host.fanout):  # rooms with seats are compared with the journal every second, others now
                await host.catch_up()
            return host
        loading = self._loading.get(room)
        if loading is None:
            loading = self._loading[room] = asyncio.get_running_loop().create_task(self._load(room))
            loading.add_done_callback(lambda _: self._loading.pop(room, None))
        return await asyncio.shield(loading)

    def place(self, connection: Connection, room: str) -> tuple[Host, Seat]:
        """The room, and the seat that `connection` has there. Raises `Refused`."""
        seat, host = connection.seat(room), self._hosts.get(room)
        if seat is None or host is None:
            raise Refused(Refusal.NOT_JOINED)
        return host, seat

    def vacate(self, seat: Seat) -> None:
        """A seat is given back, or its connection is gone."""
        seat.connection.stand_up(seat.room)
        if (host := self._hosts.get(seat.room)) is not None:
            host.fanout.discard(seat)
            host.here.changed()

    def abandon(self, rooms: Set[str], why: str) -> Set[str]:
        """Send everybody away from these; those of them that are being read just now: they are not here yet."""
        for room in rooms:
            if (host := self._hosts.get(room)) is not None:
                host.abandon(why)
        return rooms & self._loading.keys()

    async def caught_up(self, host: Host) -> None:
        """Fold what `host` has missed, if the journal answers."""
        try:
            await host.catch_up()
        except Unavailable:
            logger.info("room %s cannot catch up: the journal is away", host.id)

    async def tick(self) -> None:
        """Once a second: presence and typing expire; rooms that nobody uses are dropped."""
        await spread(self._tick, list(self._hosts.values()), SPREAD_S)

    async def settle(self) -> None:
        """Let the turns of rooms end, so that what they commit is published: else it is heard of a second later."""
        turns = [turn for host in self._hosts.values() if (turn := host.turning) is not None]
        if turns:
            await asyncio.wait(turns, timeout=SETTLE_S)

    def drop(self, host: Host) -> None:
        """End a room here; whoever asks for it next reads it anew."""
        host.close()
        if self._hosts.get(host.id) is host:
            del self._hosts[host.id]
            if host.id not in self._loading:  # whoever reads it anew has subscribed for that
                self._node.backplane.unsubscribe(room_channel(host.id))

    def close(self) -> None:
        """End every room."""
        for host in self._hosts.values():
            host.close()

    def _tick(self, host: Host) -> None:
        now_s = asyncio.get_running_loop().time()
        if host.needed:
            host.used_at = now_s
        if host.abandoned or now_s - host.used_at > IDLE_S:
            self.drop(host)
        else:
            host.here.tick()
            host.provisional.tick()

    async def _load(self, room: str) -> Host | None:
        """Subscribe first, then read: what is published meanwhile is caught by the comparison that follows."""
        if await self._node.journal.card(room) is None:
            return None
        self._node.backplane.subscribe(room_channel(room))
        try:
            host = await load(self._node, room)
            if host is not None:
                self._take_in(host)
        except Gap as gap:
            logger.error("%s: the room is not served", gap)
            raise Unavailable from None
        finally:
            if room not in self._hosts:
                self._node.backplane.unsubscribe(room_channel(room))
        if host is not None:
            await self.caught_up(host)
        return host

    def _take_in(self, host: Host) -> None:
        earlier = self._hosts.get(host.id)
        if earlier is not None:
            earlier.close()
        self._hosts[host.id] = host
