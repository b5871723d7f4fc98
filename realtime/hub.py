"""This node: its connections and rooms, what the other nodes say to them, and what its clock does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence, Set

from realtime.backplane.messages import (
    Asked,
    CardChanged,
    Crowded,
    HandedOver,
    Message,
    PeopleChanged,
    Posted,
    Rang,
    Records,
    SessionsRevoked,
    Typed,
    Unrecorded,
)
from realtime.clock import SECOND_S, SPREAD_S, Clock, Pulse
from realtime.connections import Connections
from realtime.elsewhere import Elsewhere
from realtime.errors import Unavailable
from realtime.held import HeldRooms
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
from realtime.streams import Streams
from realtime.worklist import Worklist

logger = logging.getLogger("curbside.hub")

OPENING = 1  # the event with the words of the case
MOST_HEADS = 1_000
# A sweep that begins so late was held up, and so was the reading of what the others sent.
LATE_S = 2.0


class Hub:
    """The rooms and connections of this node. `live` and `host` give a room, as `rooms` does.

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
        self.streams = Streams(node, self.connections)
        self.rooms = HeldRooms(node)
        self.live, self.host = self.rooms.live, self.rooms.host
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
        self.node.backplane.subscribe(self.streams.channel)
        own = () if self._every_second is None else (self._every_second,)
        self._clock.start(
            (self._compare_heads, self.notices.tick),
            (
                self._sweep,
                self.rooms.tick,
                self.worklist.catch_up,
                self.standing.tick,
                self.notices.settle,
                self._tell_crowd,
                *own,
            ),
        )

    async def drain(self) -> None:
        """Take in nobody any more, and say goodbye to everyone."""
        if not self.draining:
            self.draining = True
            await self.connections.drain()

    async def close(self) -> None:
        """Say goodbye to everyone, end every room and task."""
        await self.drain()
        await self._clock.close()
        await self.rooms.settle()
        await self.node.telling.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.notices.close()
        self.worklist.close()
        self.rooms.close()
        await self.node.backplane.close()

    def erased(self, events: Set[tuple[str, int]]) -> Set[str]:
        """Keep nothing of events (room and `seq`) whose words were erased; the rooms of those being read just now."""
        for room in {room for room, seq in events if seq == OPENING}:
            self.worklist.erased(room)
        return self.rooms.abandon({room for room, _ in events}, "words of it were erased")

    async def open_case(self, person: Person, wish: OpenCase, key: str) -> str:
        """Open a case and return its id; the same person, key and content give the same case again.

        Raises `Refused` (`conflict` where the key was used for another content) or `Unavailable`.
        """
        card, new = await open_room(self.node, person, wish, key)
        if new:
            change = CardChanged(card, 1, "opened", 0)
            self.node.publish(WORKLIST, change)
            self.worklist.tell(change)
            self.node.changed(card.case.id)
        return card.case.id

    async def copy_of(self, room: str, person: Person, after: int, limit: int) -> RoomCopy:
        """A page of a room as `person` may see it. Raises `Refused` (`NOT_FOUND`) or `Unavailable`."""
        host = await self.host(room)
        if host is None:
            raise Refused(Refusal.NOT_FOUND)
        # Whoever reads over HTTP may have heard of more on another node than this one has yet.
        await host.catch_up()
        return await copy_of(host, person, after, limit)

    def spoken(self, told: Records, rang: Rang) -> None:
        """The server itself has spoken in a room: tell who sits there, and those who are told of it besides.

        Who watches the worklist hears of a room that nobody here holds by the clock.
        """
        room, card = told.room, told.card
        if (host := self.live(room)) is not None:
            host.received(told.records)
            if card is not None:
                host.here.card_changed(card)
        self.node.publish(room_channel(room), told)
        if rang.notices or rang.ended:
            self.node.publish(NODES, rang)
            self._rang(rang)

    async def people_changed(self, people: Sequence[str]) -> None:
        """Who these people are has changed: what they may do follows at once, on every node."""
        self.node.publish(NODES, PeopleChanged(list(people)))
        await self.standing.changed(people)

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
            host = self.live(channel.removeprefix("room:"))
            if host is not None:
                self._run(self.rooms.caught_up(host))
                host.here.asked()

    def lost(self) -> None:
        """Other nodes may not be heard: what they commit is in the journal."""
        self._clock.hurry()

    def _take(self, message: Message) -> None:
        match message:
            case Records(room=room, records=records):
                if (host := self.live(room)) is not None:
                    host.received(records)
            case Statement(room=room) | Typed(room=room) | Asked(room=room):
                if (host := self.live(room)) is not None:
                    host.here.received(message)
            case Unrecorded(frame=frame):
                if (host := self.live(frame.room)) is not None:
                    host.provisional.received(frame)
            case CardChanged():
                self.worklist.tell(message)
            case Crowded():
                self.elsewhere.heard(message)
            case SessionsRevoked(sessions=sessions):
                self._revoked(sessions)
                self.connections.revoke(sessions)
            case Rang():
                self._rang(message)
            case PeopleChanged(people=people):
                self._run(self.standing.changed(people))
            case Posted():
                self.streams.posted(message)
            case HandedOver():
                self.streams.handed_over(message)

    def _rang(self, rang: Rang) -> None:
        self.notices.take(rang.notices)
        if any(self.connections.of_person(person) for person in rang.ended):
            self.notices.hurry()

    # By the clock

    async def _compare_heads(self) -> None:
        """Every room with seats against the journal, in one query per thousand: nothing stays hidden for long."""
        watched = [host for host in self.rooms if len(host.fanout)]
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

    def _run(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
