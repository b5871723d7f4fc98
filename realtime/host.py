"""One room on this node that takes commands: its turn (decide, append, fold, ack, tell, publish)."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from realtime.backplane.messages import Records
from realtime.closing import OUR_FAULT
from realtime.errors import Conflict, Gap, Unavailable
from realtime.following import PAGE, Following
from realtime.node import Node, room_channel
from realtime.ports import Append
from realtime.provisional import Provisionals
from realtime.refused import note_refused, tell_away
from realtime.rooms.blind import topic
from realtime.rooms.chain import EMPTY, Record, event_of, link
from realtime.rooms.fold import fold
from realtime.rooms.identifiers.gate import Place
from realtime.rooms.refusals import Refusal
from realtime.rooms.room import Room
from realtime.rooms.texts import texts_of
from realtime.socket import Seat
from realtime.tail import Told, told
from realtime.turns import Answer, Asked, Trial, tried
from realtime.wire.server import Ack, Error

logger = logging.getLogger("curbside.host")

MOST_TRIES = 50
# So many appends that lose, one after another, though the journal has nothing newer than we have.
DOUBTFUL = 3
CONTESTED_S = 1.0
MOST_WAITING = 1_000


class Host(Following):
    """One room on one node, made by `load`: followed, and written to in turns."""

    def __init__(
        self, node: Node, room: Room, log: list[Told], ages: list[tuple[int, int]], answers: Iterable[Told]
    ) -> None:
        super().__init__(node, room, log, ages, answers)
        self._waiting: list[Asked] = []
        self._turning: asyncio.Task[None] | None = None
        self._batch: list[Asked] = []
        self._loop = asyncio.get_running_loop()
        self._contested_until_s = 0.0
        self.provisional = Provisionals(
            node, self.fanout, lambda: self.room, self._known.__contains__, lambda: self._batch + self._waiting
        )

    @property
    def needed(self) -> bool:
        """Whether anyone sits here, or a turn is under way."""
        return bool(len(self.fanout)) or self._turning is not None

    @property
    def turning(self) -> asyncio.Task[None] | None:
        """The turns that are under way."""
        return self._turning

    def submit(self, asked: Asked) -> None:
        """Take a command into the next turn; its author is answered when that is over."""
        if len(self._waiting) >= MOST_WAITING:
            self._put_off([asked], Unavailable())
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
                try:
                    await self._turn(self._batch)
                except Exception:
                    logger.exception("a turn of room %s failed at seq %d", self.id, self.head.seq)
                    for asked in self._batch:
                        asked.seat.connection.close(*OUR_FAULT)
        finally:
            self._turning, self._batch = None, []

    async def _turn(self, batch: list[Asked]) -> None:
        try:
            trial = await self._committed(batch)
        except Unavailable as away:
            self._put_off(batch, away)
        else:
            for asked, error in trial.failed:
                self._fail(asked, error)
            self._answer(trial.answers)
            if trial.told:
                self._tell(trial)
            # A repeat may be of what came on record without an answer: nobody was told of it.
            repeats = [
                event_of(one.outcome) for one in trial.answers if one.duplicate and isinstance(one.outcome, Record)
            ]
            self.node.telling.heard(self.room, [*repeats, *(item.event for item in trial.told)])
            self.provisional.answered(trial.answers)

    def _put_off(self, batch: list[Asked], away: Unavailable) -> None:
        for asked in batch:
            tell_away(asked.seat.connection, asked.command, away)
        self.provisional.failed(batch)

    def _fail(self, asked: Asked, error: Exception) -> None:
        """Our bug ends the connection of this command, and no other one's turn."""
        kind = type(asked.command).__name__
        logger.error("a %s in room %s failed at seq %d", kind, self.id, self.head.seq, exc_info=error)
        asked.seat.connection.close(*OUR_FAULT)

    async def _committed(self, batch: list[Asked]) -> Trial:
        """Decide and append until the journal agrees, then fold. Raises `Unavailable`."""
        looked_up, lost, in_vain = False, self._loop.time() < self._contested_until_s, 0
        if self.node.second is not None:
            await self.node.second.examine(text for asked in batch for _, text in texts_of(asked.command))
        for _ in range(MOST_TRIES):
            async with self._turn_of_ours(lost):
                trial = self._tried(batch)
                # A refusal is sent only on the journal's word: the id may be on record, the state may be newer.
                unsure = not looked_up and any(isinstance(answer.outcome, Refusal) for answer in trial.answers)
                if not unsure and await self._appended(trial):
                    return trial
            if unsure or lost:
                news, looked_up = await self._look_up(batch), True
                in_vain = in_vain + 1 if lost and not news else 0
            if not unsure:
                lost = True
                self._contested()
            if in_vain == DOUBTFUL:
                await self._doubt()
        raise Unavailable

    def _tried(self, batch: list[Asked]) -> Trial:
        node = self.node
        return tried(batch, self.room, self.head, self._known, node.now_ms(), node.salts, node.find, node.weigh)

    @asynccontextmanager
    async def _turn_of_ours(self, lost: bool) -> AsyncIterator[None]:
        """Where an append has lost, the next is decided on what the journal has while nobody else writes there."""
        if not lost:
            yield
            return
        async with self.node.journal.turn(self.id, lambda: self.head) as newer:
            if newer:
                self._contested()
            for record in newer:
                if record.seq == self.head.seq + 1:
                    self._follow(record)
            yield

    def _contested(self) -> None:
        """Others write here at this moment: to try without a turn, and to lose, costs more than to wait for one."""
        self._contested_until_s = self._loop.time() + CONTESTED_S

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
            self.node.changed(self.id)

    def _answer(self, answers: Iterable[Answer]) -> None:
        """Write to each author all their answers and then what they lack, at once."""
        frames: dict[Seat, bytes] = {}
        for answer in answers:
            seat = answer.asked.seat
            try:
                frames[seat] = frames.get(seat, b"") + seat.connection.form.made(self._frame(answer))
            except Exception as error:
                self._fail(answer.asked, error)
        for seat, ahead in frames.items():
            self.fanout.deliver(seat, ahead)

    def _frame(self, answer: Answer) -> Ack | Error:
        asked, outcome = answer.asked, answer.outcome
        if isinstance(outcome, Record):
            return Ack(re=asked.command.id, room=self.id, seq=outcome.seq, at=outcome.at, duplicate=answer.duplicate)
        if outcome is Refusal.CONFLICT:
            seat = asked.seat
            where = seat.connection.address
            self.node.audit.note("conflict", seat.person.id, self.id, asked.command.id, outcome="refused", where=where)
        elif outcome.code == "forbidden":
            note_refused(self.node.audit, asked.seat.connection, asked.command, outcome)
        return _no(asked.command.id, outcome, answer)

    async def _look_up(self, batch: list[Asked]) -> bool:
        """Ask the journal for these ids and for what is newer; whether either was news. Raises `Unavailable`."""
        before, known = self.head, len(self._known)
        ids = [asked.command.id for asked in batch if asked.command.id not in self._known]
        found = await self.node.journal.lookup(self.id, ids) if ids else {}
        for record in found.values():
            self._remember(record)
        await self.catch_up()
        return bool(found) or self.head != before or len(self._known) != known

    def close(self) -> None:
        """End every task and timer of this room, its turn too."""
        super().close()
        self.provisional.close()
        if self._turning is not None:
            self._turning.cancel()

    def _advance(self, items: list[Told]) -> None:
        for item in items:
            self.provisional.recorded(item.event)
        super()._advance(items)


async def load(node: Node, room: str) -> Host | None:
    """The room as the journal has it, or None. Raises `Unavailable`, and `Gap` where the chain breaks."""
    state: Room | None = None
    head = EMPTY
    log: list[Told] = []
    ages: list[tuple[int, int]] = []
    answers: list[Told] = []
    while records := await node.journal.records(room, head.seq, PAGE):
        for record in records:
            if record.seq != head.seq + 1 or link(head.digest, record) != record.digest:
                raise Gap(f"the chain of room {room} breaks at {head.seq + 1}")
            item = told(record)
            state = fold(state, item.event)
            head = record.head
            ages.append((record.seq, record.at))
            log.append(item)
            if topic(item.event.body) is not None:
                answers.append(item)
        del log[:-PAGE]
        if len(records) < PAGE:
            break
    return Host(node, state, log, ages, answers) if state is not None else None


def _no(re: str, refusal: Refusal, answer: Answer) -> Error:
    found = answer.found
    if found is None:
        return Error(re=re, code=refusal.code, message=answer.message)
    spans = tuple(Place(*span) for span in found.fields[found.first])
    return Error(re=re, code=refusal.code, message=answer.message, spans=spans, field=found.first)
