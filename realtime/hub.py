"""This node's rooms: opened on first need, kept right by the clock, dropped when nobody needs them."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from itertools import islice

from realtime.backplane.messages import Asked, CardChanged, Message, Records, SessionsRevoked, Typed
from realtime.connections import Connections
from realtime.errors import Conflict, Gap, Unavailable
from realtime.host import Host, load
from realtime.node import NODES, WORKLIST, Node, room_channel
from realtime.ports import Append
from realtime.presence.roster import Statement
from realtime.reading import RoomCopy, copy_of
from realtime.rooms.card import Card, Change, may_enter
from realtime.rooms.chain import EMPTY, digest_of_command, recorded
from realtime.rooms.events import Event
from realtime.rooms.opening import OpenCase, case_id, opened
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.wire import Health
from realtime.worklist import Worklist

logger = logging.getLogger("curbside.hub")

TICK_S = 0.25
PROBE_S = 1.0
IDLE_S = 30.0
TOUCHED_MS = 5_000
MOST_HEADS = 1_000
MOST_CARDS = 10_000
SLICE = 50


class Hub:
    """The rooms and connections of this node. `every_second` is called by its clock: what else must be refreshed."""

    def __init__(self, node: Node, every_second: Callable[[], Awaitable[None]] | None = None) -> None:
        self.node = node
        self.connections = Connections()
        self.worklist = Worklist(node.journal)
        self.journal_ok = True
        self.backplane_ok = True
        self.draining = False
        self._every_second = every_second
        self._hosts: dict[str, Host] = {}
        self._loading: dict[str, asyncio.Task[Host | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._cards: OrderedDict[str, int] = OrderedDict()
        self._cards_since = node.now_ms()
        node.worklist = self._told_worklist

    async def start(self) -> None:
        """Begin to listen to the other nodes and to keep time."""
        try:
            await self.node.backplane.start(self)
        except Unavailable:
            self.backplane_ok = False
        self.node.backplane.subscribe(WORKLIST)
        self.node.backplane.subscribe(NODES)
        for work in (self._keep_time(), self._probe()):
            self._run(work)

    async def close(self) -> None:
        """Say goodbye to everyone, end every room and task."""
        self.draining = True
        await self.connections.drain()
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

    def health(self) -> Health | None:
        """What is away, or None."""
        if self.journal_ok and self.backplane_ok:
            return None
        return self._health()

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
        room = case_id(person.id, key)
        if wish.linked_to is not None:
            linked = await self.node.journal.card(wish.linked_to)
            if linked is None or not may_enter(linked, person):
                raise Refused(Refusal.NOT_FOUND)
        now_ms = self.node.now_ms()
        body = opened(wish, person, room, now_ms)
        salts = self.node.salts()
        event = Event(seq=1, id=key, at=now_ms, by=person.by, body=body)
        record = recorded(room, EMPTY, event, salts, digest_of_command(salts.body, person.id, wish))
        card = Card(case=body.case)
        try:
            await self.node.journal.append(Append(room, EMPTY, [record], card))
        except Conflict:
            earlier = (await self.node.journal.lookup(room, [key])).get(key)
            if earlier is None:
                raise Unavailable from None
            if digest_of_command(earlier.salt_body, person.id, wish) != earlier.command_digest:
                raise Refused(Refusal.CONFLICT) from None
            return room
        self.node.publish(WORKLIST, CardChanged(card, "opened", 0))
        self._told_worklist(card, "opened", 0)
        return room

    async def copy_of(self, room: str, person: Person, after: int, limit: int) -> RoomCopy:
        """A page of a room as `person` may see it. Raises `Refused` (`NOT_FOUND`) or `Unavailable`."""
        host = await self.host(room)
        if host is None:
            raise Refused(Refusal.NOT_FOUND)
        return await copy_of(host, person, after, limit)

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

    def _take(self, message: Message) -> None:
        match message:
            case Records(room=room, records=records):
                if (host := self._hosts.get(room)) is not None:
                    host.received(records)
            case Statement(room=room) | Typed(room=room) | Asked(room=room):
                if (host := self._hosts.get(room)) is not None:
                    host.here.received(message)
            case CardChanged(card=card, change=change, here=here):
                self._told_worklist(card, change, here)
            case SessionsRevoked(sessions=sessions):
                self.connections.revoke(sessions)

    # Time

    async def _keep_time(self) -> None:
        """Every quarter of a second: heads, if the backplane is away; every second: everything."""
        loop = asyncio.get_running_loop()
        turn = 0
        while True:
            started = loop.time()
            if turn % 4 == 0 or not self.backplane_ok:
                await self._guarded(self._compare_heads)
            if turn % 4 == 0:
                self.connections.sweep(loop.time(), self.node.now_ms())
                await self._guarded(self._read_cards)
                await self._guarded(self._tick_rooms)
                if self._every_second is not None:
                    await self._guarded(self._every_second)
            turn += 1
            await asyncio.sleep(max(0.0, started + TICK_S - loop.time()))

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Unavailable:
            self._set_health(journal=False)
        except Exception:
            logger.exception("%s failed", getattr(work, "__name__", "a tick"))

    async def _compare_heads(self) -> None:
        """Every room with seats against the journal, in one query per thousand: nothing stays hidden for long."""
        watched = [host for host in self._hosts.values() if len(host.fanout)]
        for start in range(0, len(watched), MOST_HEADS):
            hosts = watched[start : start + MOST_HEADS]
            were = [host.head for host in hosts]
            heads = await self.node.journal.heads([host.id for host in hosts])
            for host, was in zip(hosts, were, strict=True):
                host.compare(was, heads.get(host.id))
        if not watched and not self.journal_ok:
            await self.node.journal.heads([])
        self._set_health(journal=True)

    async def _read_cards(self) -> None:
        """The worklist's safety net: cards that changed while a message about them was lost."""
        if not len(self.worklist):
            self._cards_since = self.node.now_ms()
            return
        cards = await self.node.journal.cards_touched(self._cards_since - TOUCHED_MS)
        self._cards_since = self.node.now_ms()
        for card in cards:
            if self._is_news(card):
                first = card.case.id not in self._cards
                self._told_worklist(card, "closed" if not card.open else "opened" if first else "changed", 0)

    async def _tick_rooms(self) -> None:
        """Presence and typing expire; rooms that nobody uses are dropped. In slices, so that nobody waits."""
        rooms = iter(list(self._hosts.values()))
        while hosts := list(islice(rooms, SLICE)):
            for host in hosts:
                self._tick(host)
            await asyncio.sleep(0)

    def _tick(self, host: Host) -> None:
        now_s = asyncio.get_running_loop().time()
        if host.needed:
            host.used_at = now_s
        if host.abandoned or now_s - host.used_at > IDLE_S:
            self._drop(host)
        else:
            host.here.tick()

    async def _probe(self) -> None:
        while True:
            self._set_health(backplane=await self.node.backplane.probe(PROBE_S))
            await asyncio.sleep(PROBE_S)

    def _set_health(self, journal: bool | None = None, backplane: bool | None = None) -> None:
        was = (self.journal_ok, self.backplane_ok)
        self.journal_ok = self.journal_ok if journal is None else journal
        self.backplane_ok = self.backplane_ok if backplane is None else backplane
        if was != (self.journal_ok, self.backplane_ok):
            health = self._health()
            logger.warning("journal %s, backplane %s", health.journal, health.backplane)
            self.connections.tell(health)

    def _health(self) -> Health:
        return Health(journal="ok" if self.journal_ok else "away", backplane="ok" if self.backplane_ok else "away")

    # Rooms

    async def _load(self, room: str) -> Host | None:
        """Subscribe first, then read: what is published meanwhile is caught by the comparison that follows."""
        if await self.node.journal.card(room) is None:
            return None
        self.node.backplane.subscribe(room_channel(room))
        try:
            host = await load(self.node, room)
        except Gap as gap:
            logger.error("%s: the room is not served", gap)
            raise Unavailable from None
        if host is None:
            self.node.backplane.unsubscribe(room_channel(room))
            return None
        earlier = self._hosts.get(room)
        if earlier is not None:
            earlier.close()
        self._hosts[room] = host
        await self._caught_up(host)
        return host

    def _drop(self, host: Host) -> None:
        host.close()
        if self._hosts.get(host.id) is host:
            del self._hosts[host.id]
            self.node.backplane.unsubscribe(room_channel(host.id))

    async def _caught_up(self, host: Host) -> None:
        try:
            await host.catch_up()
        except Unavailable:
            logger.info("room %s cannot catch up: the journal is away", host.id)

    def _told_worklist(self, card: Card, change: Change, here: int) -> None:
        self._is_news(card)
        self.worklist.tell(card, change, here)

    def _is_news(self, card: Card) -> bool:
        """Whether this card was not told yet; remembers that it is now."""
        fingerprint = hash((card.case.status, card.case.reach, card.waiting, card.case.observers, card.invited))
        if self._cards.get(card.case.id) == fingerprint:
            return False
        self._cards[card.case.id] = fingerprint
        self._cards.move_to_end(card.case.id)
        if len(self._cards) > MOST_CARDS:
            self._cards.popitem(last=False)
        return True

    def _run(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
