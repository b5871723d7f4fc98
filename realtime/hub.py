"""This node's rooms: opened on first need, kept right by the clock, dropped when nobody needs them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from realtime.backplane.messages import (
    Asked,
    CardChanged,
    Crowded,
    Message,
    PeopleChanged,
    Records,
    SessionsRevoked,
    Typed,
    Unrecorded,
)
from realtime.clock import SECOND_S, Clock, Pulse
from realtime.connections import Connections
from realtime.elsewhere import Elsewhere
from realtime.errors import Gap, Unavailable
from realtime.host import Host, load
from realtime.node import NODES, WORKLIST, Node, room_channel
from realtime.notices import Notices
from realtime.opening import open_room
from realtime.presence.roster import Statement
from realtime.reading import RoomCopy, copy_of
from realtime.rooms.opening import OpenCase
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.slices import spread
from realtime.socket import Connection
from realtime.standing import Standing
from realtime.worklist import Worklist

logger = logging.getLogger("curbside.hub")

IDLE_S = 30.0
MOST_HEADS = 1_000
# Of each second: what must be looked at is looked at in this time, a part after the other.
SPREAD_S = 0.8
# Rooms whose last turn hangs, as the journal does, are not waited for longer.
SETTLE_S = 0.5
# A sweep that begins so late was held up, and so was the reading of what the others sent.
LATE_S = 2.0


class Hub:
    """The rooms and connections of this node.

    `every_second` is called by its clock: what else must be refreshed. `revoked` is told of sessions that were ended
    on another node, with when they would have expired (Unix ms).
    """

    def __init__(
        self,
        node: Node,
        every_second: Callable[[], Awaitable[None]] | None = None,
        revoked: Callable[[Mapping[str, int]], None] = lambda sessions: None,
    ) -> None:
        self.node = node
        self.connections = Connections()
        self.elsewhere = Elsewhere()
        self.worklist = Worklist(node.journal, node.observing)
        self.pulse = Pulse(self.connections)
        self.standing = Standing(node.directory, self.connections, self.live)
        self.notices = Notices(node.notices, self.connections)
        self.draining = False
        self._swept_s = asyncio.get_running_loop().time()
        self._clock = Clock(node, self.pulse)
        self._every_second = every_second
        self._revoked = revoked
        self._hosts: dict[str, Host] = {}
        self._loading: dict[str, asyncio.Task[Host | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        node.worklist = self.worklist.tell

    async def start(self) -> None:
        """Begin to listen to the other nodes and to keep time."""
        try:
            await self.node.backplane.start(self)
        except Unavailable:
            self.pulse.backplane(False)
        self.node.backplane.subscribe(WORKLIST)
        self.node.backplane.subscribe(NODES)
        extra = (
            self.standing.tick,
            self.notices.tick,
            self._tell_crowd,
            *((self._every_second,) if self._every_second is not None else ()),
        )
        self._clock.start(self._compare_heads, self._sweep, self._tick_rooms, self.worklist.catch_up, *extra)

    async def drain(self) -> None:
        """Take in nobody any more, and say goodbye to everyone."""
        if not self.draining:
            self.draining = True
            await self.connections.drain()

    async def close(self) -> None:
        """Say goodbye to everyone, end every room and task."""
        await self.drain()
        await self._clock.close()
        await self._settle()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.worklist.close()
        for host in self._hosts.values():
            host.close()
        await self.node.backplane.close()

    @property
    def rooms(self) -> int:
        """How many rooms this node holds."""
        return len(self._hosts)

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

    async def open_case(self, person: Person, wish: OpenCase, key: str) -> str:
        """Open a case and return its id; the same person, key and content give the same case again.

        Raises `Refused` (`conflict` where the key was used for another content) or `Unavailable`.
        """
        card, new = await open_room(self.node, person, wish, key)
        if new:
            change = CardChanged(card, 1, "opened", 0)
            self.node.publish(WORKLIST, change)
            self.worklist.tell(change)
        return card.case.id

    async def copy_of(self, room: str, person: Person, after: int, limit: int) -> RoomCopy:
        """A page of a room as `person` may see it. Raises `Refused` (`NOT_FOUND`) or `Unavailable`."""
        host = await self.host(room)
        if host is None:
            raise Refused(Refusal.NOT_FOUND)
        # Whoever reads over HTTP may have heard of more on another node than this one has yet.
        await host.catch_up()
        return await copy_of(host, person, after, limit)

    async def people_changed(self, people: Sequence[str]) -> None:
        """Who these people are has changed: what they may do follows at once, on every node."""
        self.node.publish(NODES, PeopleChanged(list(people)))
        await self.standing.changed(people)

    async def _settle(self) -> None:
        """Let the turns of rooms end, so that what they commit is published: else it is heard of a second later."""
        turns = [turn for host in self._hosts.values() if (turn := host.turning) is not None]
        if turns:
            await asyncio.wait(turns, timeout=SETTLE_S)

    # What the other nodes say

    def received(self, channel: str, payload: bytes) -> None:
        """Take what came over the backplane, if it is from another node of ours."""
        message = self.node.envelope.open(payload)
        if message is None:
            return
        try:
            self._take(message)
        except Exception:
            logger.exception("a message on %s failed", channel)

    def subscribed(self, channel: str) -> None:
        """A subscription has begun or come back: what was missed is in the journal."""
        if channel.startswith("room:"):
            host = self._hosts.get(channel.removeprefix("room:"))
            if host is not None:
                self._run(self._caught_up(host))
                host.here.asked()

    def lost(self) -> None:
        """Other nodes may not be heard: what they commit is in the journal."""
        self._clock.hurry()

    def _take(self, message: Message) -> None:
        match message:
            case Records(room=room, records=records):
                if (host := self._hosts.get(room)) is not None:
                    host.received(records)
            case Statement(room=room) | Typed(room=room) | Asked(room=room):
                if (host := self._hosts.get(room)) is not None:
                    host.here.received(message)
            case Unrecorded(frame=frame):
                if (host := self._hosts.get(frame.room)) is not None:
                    host.provisional.received(frame)
            case CardChanged():
                self.worklist.tell(message)
            case Crowded():
                self.elsewhere.heard(message)
            case SessionsRevoked(sessions=sessions):
                self._revoked(sessions)
                self.connections.revoke(sessions)
            case PeopleChanged(people=people):
                self._run(self.standing.changed(people))

    # By the clock

    async def _compare_heads(self) -> None:
        """Every room with seats against the journal, in one query per thousand: nothing stays hidden for long."""
        watched = [host for host in self._hosts.values() if len(host.fanout)]
        for start in range(0, len(watched), MOST_HEADS):
            hosts = watched[start : start + MOST_HEADS]
            were = [host.head for host in hosts]
            heads = await self.node.journal.heads([host.id for host in hosts])
            for host, was in zip(hosts, were, strict=True):
                host.compare(was, heads.get(host.id))
        if not watched:
            await self.node.journal.heads([""])  # whether it answers is worth knowing all the same
        self.pulse.journal(True)

    async def _sweep(self) -> None:
        """Every connection once; the answers to thousands of pings come as they were sent."""
        loop = asyncio.get_running_loop()
        late_s = loop.time() - self._swept_s - SECOND_S
        self._swept_s = loop.time()
        if late_s > LATE_S:
            self.connections.excuse(late_s, self._swept_s)

        def look(connection: Connection) -> None:
            self.connections.look_at(connection, loop.time(), self.node.now_ms())

        await spread(look, list(self.connections), SPREAD_S)

    async def _tell_crowd(self) -> None:
        """The other nodes limit what one person, or one address, has on all of them together."""
        people, networks = self.connections.many()
        if people or networks:
            self.node.publish(NODES, Crowded(self.node.name, people, networks))

    async def _tick_rooms(self) -> None:
        """Presence and typing expire; rooms that nobody uses are dropped."""
        await spread(self._tick, list(self._hosts.values()), SPREAD_S)

    def _tick(self, host: Host) -> None:
        now_s = asyncio.get_running_loop().time()
        if host.needed:
            host.used_at = now_s
        if host.abandoned or now_s - host.used_at > IDLE_S:
            self._drop(host)
        else:
            host.here.tick()
            host.provisional.tick()

    # Rooms

    async def _load(self, room: str) -> Host | None:
        """Subscribe first, then read: what is published meanwhile is caught by the comparison that follows."""
        if await self.node.journal.card(room) is None:
            return None
        self.node.backplane.subscribe(room_channel(room))
        try:
            host = await load(self.node, room)
            if host is not None:
                self._take_in(host)
        except Gap as gap:
            logger.error("%s: the room is not served", gap)
            raise Unavailable from None
        finally:
            if room not in self._hosts:
                self.node.backplane.unsubscribe(room_channel(room))
        if host is not None:
            await self._caught_up(host)
        return host

    def _take_in(self, host: Host) -> None:
        earlier = self._hosts.get(host.id)
        if earlier is not None:
            earlier.close()
        self._hosts[host.id] = host

    def _drop(self, host: Host) -> None:
        host.close()
        if self._hosts.get(host.id) is host:
            del self._hosts[host.id]
            if host.id not in self._loading:  # whoever reads it anew has subscribed for that
                self.node.backplane.unsubscribe(room_channel(host.id))

    async def _caught_up(self, host: Host) -> None:
        try:
            await host.catch_up()
        except Unavailable:
            logger.info("room %s cannot catch up: the journal is away", host.id)

    def _run(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
