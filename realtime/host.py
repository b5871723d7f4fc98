"""One room on this node: its turn (decide, append, fold, ack, tell, publish) and its catching up with the journal.

What it holds is a cache of the journal and may be dropped at any time.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from realtime.backplane.messages import Records
from realtime.due import Due
from realtime.errors import Conflict, Gap, Unavailable
from realtime.fanout import Fanout
from realtime.here import Here
from realtime.node import Node, room_channel
from realtime.ports import Append
from realtime.provisional import Provisionals
from realtime.rooms.card import may_enter
from realtime.rooms.chain import EMPTY, Head, Record, link
from realtime.rooms.events import Event, ObserversChanged, Removed
from realtime.rooms.observing import may_observe
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.refusals import Refusal
from realtime.rooms.room import Room, fold
from realtime.socket import Seat
from realtime.tail import Copier, Tail, Told, told
from realtime.turns import Answer, Asked, Trial, tried
from realtime.wire import Ack, Error, Left, LeftCode

logger = logging.getLogger("curbside.host")

PAGE = 500
HOLE_S = 0.02
MOST_KNOWN = 1_024
MOST_TRIES = 50
# So many appends that lose, one after another, though the journal has nothing newer than we have.
DOUBTFUL = 3
MOST_WAITING = 1_000


class Host:
    """One room on one node, made by `load`. `room`, `head`, `tail`: what the journal says. `here`: who is in it.

    `earlier` is the room as it last was for observers who are behind, so that they do not replay the log each time.
    """

    def __init__(self, node: Node, room: Room, log: list[Told], ages: list[tuple[int, int]]) -> None:
        self.node = node
        self.id = room.card.case.id
        self.room = room
        self.head = log[-1].record.head
        self.names = Pseudonyms(node.secret, self.id)
        self.tail = Tail(Copier(room, self.names), Head(log[0].event.seq - 1, b""))
        for item in log:
            self.tail.push(item, room)
        self.fanout = Fanout(self.id, self.tail, self.limit, node.journal.records, node.spare, self._gone)
        self.here = Here(node, self.id, self.fanout, lambda: self.room)
        self.used_at = asyncio.get_running_loop().time()
        self.abandoned = False
        self.earlier: Room | None = None
        self._due = Due(node.wall.steadied(ages), room.observers, node.wall.steady_ms())
        self._known: OrderedDict[str, Record] = OrderedDict()
        for item in log:
            self._remember(item.record)
        self._waiting: list[Asked] = []
        self._turning: asyncio.Task[None] | None = None
        self._batch: list[Asked] = []
        self.provisional = Provisionals(
            node, self.fanout, lambda: self.room, self._known.__contains__, lambda: self._batch + self._waiting
        )
        self._ahead: dict[int, Record] = {}
        self._filling: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def needed(self) -> bool:
        """Whether anyone sits here, or a turn is under way."""
        return bool(len(self.fanout)) or self._turning is not None

    def limit(self, seat: Seat) -> int:
        """The newest `seq` that a seat may see: the head, and for observers what is due."""
        return self.due_seq() if seat.mode == "observe" else self.head.seq

    def due_seq(self) -> int:
        """The newest `seq` that observers may see now."""
        self._due.advance(self.room.observers, self.node.wall.steady_ms())
        return self._due.seq

    @property
    def turning(self) -> asyncio.Task[None] | None:
        """The turns that are under way."""
        return self._turning

    # Commands

    def submit(self, asked: Asked) -> None:
        """Take a command into the next turn; its author is answered when that is over."""
        if len(self._waiting) >= MOST_WAITING:
            asked.seat.connection.send(_away(asked))
            self.provisional.failed([asked])
            return
        self._waiting.append(asked)
        if self._turning is None:
            self.node.spare.commit_begun()
            self._turning = asyncio.get_running_loop().create_task(self._turns())
            self._turning.add_done_callback(lambda _: self.node.spare.commit_ended())
            self.provisional.begun()

    async def _turns(self) -> None:
        try:
            while self._waiting:
                self._batch, self._waiting = self._waiting, []
                await self._turn(self._batch)
        finally:
            self._turning, self._batch = None, []

    async def _turn(self, batch: list[Asked]) -> None:
        try:
            trial = await self._committed(batch)
        except Unavailable:
            for asked in batch:
                asked.seat.connection.send(_away(asked))
            self.provisional.failed(batch)
        except Exception:
            logger.exception("a turn of room %s failed at seq %d", self.id, self.head.seq)
            for asked in batch:
                asked.seat.connection.close(1011, "our fault")
        else:
            self._answer(trial.answers)
            if trial.told:
                self._tell(trial)
            self.provisional.answered(trial.answers)

    async def _committed(self, batch: list[Asked]) -> Trial:
        """Decide and append until the journal agrees, then fold. Raises `Unavailable`."""
        looked_up, lost, in_vain = False, False, 0
        for _ in range(MOST_TRIES):
            async with self._turn_of_ours(lost):
                trial = tried(batch, self.room, self.head, self._known, self.node.now_ms(), self.node.salts)
                # A refusal is sent only on the journal's word: the id may be on record, the state may be newer.
                unsure = not looked_up and any(isinstance(answer.outcome, Refusal) for answer in trial.answers)
                if not unsure and await self._appended(trial):
                    return trial
            if unsure or lost:
                news, looked_up = await self._look_up(batch), True
                in_vain = in_vain + 1 if lost and not news else 0
            lost = lost or not unsure
            if in_vain == DOUBTFUL:
                await self._doubt()
        raise Unavailable

    @asynccontextmanager
    async def _turn_of_ours(self, lost: bool) -> AsyncIterator[None]:
        """Where an append has lost, the next is decided on what the journal has while nobody else writes there."""
        if not lost:
            yield
            return
        async with self.node.journal.turn(self.id, self.head.seq) as newer:
            for record in newer:
                if record.seq == self.head.seq + 1:
                    self._follow(record)
            yield

    async def _appended(self, trial: Trial) -> bool:
        """Append and fold what there is of `trial`; whether it is on record now, or there was nothing to append."""
        if not trial.told:
            return True
        try:
            await self.node.journal.append(self._wish(trial))
        except Conflict:
            return False
        # A comparison of heads may have read our own commit back before its answer came.
        self._advance([item for item in trial.told if item.event.seq > self.head.seq])
        return True

    def _wish(self, trial: Trial) -> Append:
        card = trial.room.card if trial.carded else None
        return Append(self.id, self.head, [item.record for item in trial.told], card)

    def _tell(self, trial: Trial) -> None:
        self.fanout.tell()
        card = self.room.card if trial.carded else None
        self.node.publish(room_channel(self.id), Records(self.id, [item.record for item in trial.told], card))
        if card is not None:
            self.here.card_changed(card)

    def _answer(self, answers: Iterable[Answer]) -> None:
        """Write to each author all their answers and then what they lack, at once."""
        frames: dict[Seat, bytes] = {}
        for answer in answers:
            seat = answer.asked.seat
            frames[seat] = frames.get(seat, b"") + seat.connection.form.made(self._frame(answer))
        for seat, ahead in frames.items():
            self.fanout.deliver(seat, ahead)

    def _frame(self, answer: Answer) -> Ack | Error:
        asked, outcome = answer.asked, answer.outcome
        if isinstance(outcome, Record):
            return Ack(re=asked.command.id, room=self.id, seq=outcome.seq, at=outcome.at, duplicate=answer.duplicate)
        if outcome is Refusal.CONFLICT:
            self.node.audit.note("conflict", asked.seat.person.id, self.id, asked.command.id)
        return Error(re=asked.command.id, code=outcome.code, message=outcome.message)

    async def _look_up(self, batch: list[Asked]) -> bool:
        """Ask the journal for these ids and for what is newer; whether either was news. Raises `Unavailable`."""
        before, known = self.head, len(self._known)
        ids = [asked.command.id for asked in batch if asked.command.id not in self._known]
        found = await self.node.journal.lookup(self.id, ids) if ids else {}
        for record in found.values():
            self._remember(record)
        await self.catch_up()
        return bool(found) or self.head != before or len(self._known) != known

    async def _doubt(self) -> None:
        """Hold our head against the journal's now, not at the next second. Raises `Unavailable` where it is gone."""
        was = self.head
        self.compare(was, (await self.node.journal.heads([self.id])).get(self.id))
        if self.abandoned:
            raise Unavailable

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
        for seat in self.fanout:
            seat.connection.close(1012, "come back")
        self.abandoned = True

    def close(self) -> None:
        """End every task and timer of this room. Whoever is about to take a seat must ask for the room again."""
        self.abandoned = True
        self.fanout.close()
        self.here.close()
        self.provisional.close()
        for task in (self._turning, self._filling):
            if task is not None:
                task.cancel()
        if self._timer is not None:
            self._timer.cancel()

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

    # What an event does to this host

    def _advance(self, items: list[Told]) -> None:
        # A delay counts from when this node heard of an event: `at` may be of a clock that was set back.
        now_ms = self.node.wall.steady_ms()
        for item in items:
            self.room = fold(self.room, item.event)
            self.head = item.record.head
            self.tail.push(item, self.room)
            self._due.push(item.event.seq, now_ms)
            self._remember(item.record)
            self.provisional.recorded(item.event)
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
        for seat in seats:
            self.fanout.discard(seat)
            seat.connection.stand_up(self.id)
            seat.connection.send(Left(room=self.id, code=code))
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

    def schedule(self) -> None:
        """Set the clock for the next event that becomes due to observers."""
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


async def load(node: Node, room: str) -> Host | None:
    """The room as the journal has it, or None. Raises `Unavailable`, and `Gap` where the chain breaks."""
    state: Room | None = None
    head = EMPTY
    log: list[Told] = []
    ages: list[tuple[int, int]] = []
    while records := await node.journal.records(room, head.seq, PAGE):
        for record in records:
            if record.seq != head.seq + 1 or link(head.digest, record) != record.digest:
                raise Gap(f"the chain of room {room} breaks at {head.seq + 1}")
            item = told(record)
            state = fold(state, item.event)
            head = record.head
            ages.append((record.seq, record.at))
            log.append(item)
        del log[:-PAGE]
        if len(records) < PAGE:
            break
    return Host(node, state, log, ages) if state is not None else None


def _away(asked: Asked) -> Error:
    away = Unavailable()
    return Error(re=asked.command.id, code=away.code, message=str(away), retry_after_ms=away.retry_after_ms)
