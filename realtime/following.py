"""One room as this node follows it: what the journal says, folded, and told to the seats that are here.

What it holds is a cache of the journal and may be dropped at any time.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable

from realtime.disclosing import Disclosing
from realtime.due import Due
from realtime.errors import Unavailable
from realtime.fanout import Fanout
from realtime.here import Here
from realtime.node import Node
from realtime.rooms.card import may_enter
from realtime.rooms.chain import Head, Record, link
from realtime.rooms.events import Event, ObserversChanged, Removed
from realtime.rooms.fold import fold
from realtime.rooms.observing import may_observe
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room
from realtime.socket import Seat
from realtime.tail import Copier, Tail, Told, told
from realtime.wire.server import Left, LeftCode

logger = logging.getLogger("curbside.host")

PAGE = 500
HOLE_S = 0.02
MOST_KNOWN = 1_024


class Following:
    """One room on one node. `room`, `head`, `tail`: what the journal says. `here`: who is in it.

    `earlier` is the room as it last was for observers who are behind, so that they do not replay the log each time.
    """

    def __init__(
        self, node: Node, room: Room, log: list[Told], ages: list[tuple[int, int]], answers: Iterable[Told]
    ) -> None:
        self.node = node
        self.id = room.card.case.id
        self.room = room
        self.head = log[-1].record.head
        self.names = Pseudonyms(node.secret, self.id)
        self.tail = Tail(Copier(room, self.names), Head(log[0].event.seq - 1, b""))
        for item in log:
            self.tail.push(item, room)
        self.disclosing = Disclosing(self.tail.copier, answers)
        self.fanout = Fanout(
            *(self.id, self.tail, self.disclosing, self.limit),
            *(node.journal.records, node.spare, self._gone),
        )
        self.here = Here(node, self.id, self.fanout, lambda: self.room)
        self.used_at = asyncio.get_running_loop().time()
        self.abandoned = False
        self.earlier: Room | None = None
        self._due = Due(node.wall.steadied(ages), room.observers, node.wall.steady_ms())
        self._known: OrderedDict[str, Record] = OrderedDict()
        for item in log:
            self._remember(item.record)
        self._ahead: dict[int, Record] = {}
        self._filling: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def limit(self, seat: Seat) -> int:
        """The newest `seq` that a seat may see: the head, and for observers what is due."""
        return self.due_seq() if seat.mode == "observe" else self.head.seq

    def due_seq(self) -> int:
        """The newest `seq` that observers may see now."""
        self._due.advance(self.room.observers, self.node.wall.steady_ms())
        return self._due.seq

    # Events from elsewhere

    def received(self, records: Iterable[Record]) -> None:
        """Take what another node committed. A hole is waited on for 20 ms, then filled from the journal."""
        for record in records:
            if record.seq > self.head.seq:
                self._ahead[record.seq] = record
        try:
            self._take_ahead()
        except Unavailable:
            return
        if self._ahead:
            asyncio.get_running_loop().call_later(HOLE_S, self._fill)

    async def catch_up(self) -> None:
        """Fold whatever the journal has that this host has not. Raises `Unavailable`."""
        while True:
            records = await self.node.journal.records(self.id, self.head.seq, PAGE)
            for record in records:
                if record.seq == self.head.seq + 1:
                    self._follow(record)
            if len(records) < PAGE:
                return

    def compare(self, was: Head, journal: Head | None) -> None:
        """Hold the journal's head against what ours `was` when it was asked for: catch up, or start anew."""
        if journal is None or journal.seq < was.seq or (journal.seq == was.seq and journal.digest != was.digest):
            self._went_back(was, journal, "the journal went back")
        elif journal.seq > self.head.seq:
            self._fill()

    def _went_back(self, held: Head, journal: Head | None, why: str) -> None:
        if not self.abandoned:
            self.node.went_back.held(self.id, held, journal)
            self.abandon(why)

    def abandon(self, why: str) -> None:
        """Send every seat away to come back and resume by (seq, check): what this host holds is not the journal's."""
        logger.error("room %s is dropped at seq %d: %s", self.id, self.head.seq, why)
        self.abandoned = True
        seats = list(self.fanout)
        self._take_away(seats)
        for seat in seats:
            seat.connection.close(1012, "come back")

    def close(self) -> None:
        """End every task and timer of this room. Whoever is about to take a seat must ask for the room again."""
        self.abandoned = True
        self.fanout.close()
        self.here.close()
        if self._filling is not None:
            self._filling.cancel()
        if self._timer is not None:
            self._timer.cancel()

    async def _doubt(self) -> None:
        """Hold our head against the journal's now, not at the next second. Raises `Unavailable` where it is gone."""
        was = self.head
        self.compare(was, (await self.node.journal.heads([self.id])).get(self.id))
        if self.abandoned:
            raise Unavailable

    def _take_ahead(self) -> None:
        while (record := self._ahead.pop(self.head.seq + 1, None)) is not None:
            self._follow(record)
        self._ahead = {seq: record for seq, record in self._ahead.items() if seq > self.head.seq}

    def _follow(self, record: Record) -> None:
        """Fold one committed record that was appended elsewhere and tell our seats."""
        if link(self.head.digest, record) != record.digest:
            self._went_back(self.head, record.head, f"the chain breaks at {record.seq}")
            raise Unavailable
        self._advance([told(record)])
        self.fanout.tell()

    def _fill(self) -> None:
        if self._filling is None:
            self._filling = asyncio.get_running_loop().create_task(self._filled())

    async def _filled(self) -> None:
        try:
            await self.catch_up()
            self._take_ahead()
        except Unavailable:
            logger.info("room %s cannot catch up: the journal is away", self.id)
        finally:
            self._filling = None

    # What an event does here

    def _advance(self, items: list[Told]) -> None:
        # A delay counts from when this node heard of an event: `at` may be of a clock that was set back.
        now_ms = self.node.wall.steady_ms()
        for item in items:
            self.room = fold(self.room, item.event)
            self.head = item.record.head
            self.tail.push(item, self.room)
            self.disclosing.push(item)
            self._due.push(item.event.seq, now_ms)
            self._remember(item.record)
            self._enforce(item.event)
        self.schedule()

    def _enforce(self, event: Event) -> None:
        """Whoever may no longer be here is gone before this event or any later one is told."""
        match event.body:
            case ObserversChanged():
                self.expel([seat for seat in self.fanout.lanes["observe"] if not self._shown(seat)], "observers_off")
            case Removed(person=person):
                self.expel([seat for seat in self.fanout if seat.person.id == person], "removed")
            case _:
                return

    def expel(self, seats: list[Seat], code: LeftCode) -> None:
        """Take seats away and say why."""
        self._take_away(seats)
        for seat in seats:
            seat.connection.send(Left(room=self.id, code=code))

    def _take_away(self, seats: list[Seat]) -> None:
        for seat in seats:
            self.fanout.discard(seat)
            seat.connection.stand_up(self.id)
        if seats:
            self.here.changed()

    def _shown(self, seat: Seat) -> bool:
        """Whether this room is open to an observer's seat, as it is now."""
        card, stretch = self.room.card, seat.stretch
        if stretch is None or not may_enter(card, seat.person):
            return False
        return may_observe(card, stretch.permit, self.node.now_ms())

    def _gone(self, seat: Seat) -> None:
        if seat.stretch is not None:
            self.node.observing.end(seat.stretch)

    def awake(self) -> None:
        """See to it that the clock is set for who observes. Where it is, it may be for what has just become due."""
        if self._timer is None:
            self.schedule()

    def schedule(self) -> None:
        """Set the clock anew for the next event that becomes due to observers."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due_ms = self._due.next_ms(self.room.observers)
        if due_ms and self.fanout.lanes["observe"]:
            delay_s = max(0.0, (due_ms - self.node.wall.steady_ms()) / 1_000) + 0.001
            self._timer = asyncio.get_running_loop().call_later(delay_s, self._became_due)

    def _became_due(self) -> None:
        self._timer = None
        self.fanout.tell_readers()
        self.due_seq()
        self.schedule()

    def _remember(self, record: Record) -> None:
        if record.command_digest:
            self._known[record.id] = record
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
