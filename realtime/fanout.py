"""Delivery: a seat is a cursor into its room's log, and delivering is moving cursors forward, in lanes.

Contributors' cursors move first, at once. Viewers' and then observers' follow in rounds, in slices that give the loop
back in between. A round brings each reader all that the room has gathered since the last one, in one write. One who
does not read is left where it stands and goes on from there when its buffer has drained.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Final, NamedTuple

from realtime.closing import OUR_FAULT
from realtime.disclosing import Disclosing
from realtime.errors import Unavailable
from realtime.frames import Form, shared
from realtime.rooms.chain import Record
from realtime.rooms.people import Mode
from realtime.rooms.room import Room
from realtime.rounds import Rounds
from realtime.slices import Slices, each
from realtime.socket import Connection, Seat
from realtime.spare import Spare
from realtime.tail import Tail, told
from realtime.wire.frame import Frame
from realtime.wire.server import CaughtUp

logger = logging.getLogger("curbside.host")

PAGE = 200
RETRY_S = 1.0

LANES: Final[tuple[Mode, ...]] = ("contribute", "brief", "follow", "observe")
AT_ONCE: Final[tuple[Mode, ...]] = ("contribute", "brief")
READERS: Final[tuple[Mode, ...]] = ("follow", "observe")


class _Step(NamedTuple):
    """What took a reader of one lane from `after` to `upto` while the room stood so."""

    after: int
    upto: int
    form: Form
    room: Room
    frame: bytes


class Fanout:
    """The seats of one room on this node, by lane, and their cursors.

    `limit` gives how far a seat may see; `disclosing` what was withheld from one that they may read now; `records`
    reads a page of the log from the journal; `gone` is told of each seat that is taken out. `viewers` are the people
    who follow, with how many seats each has; `kinds` how many observers' seats are of which kind.
    """

    def __init__(
        self,
        room: str,
        tail: Tail,
        disclosing: Disclosing,
        limit: Callable[[Seat], int],
        records: Callable[[str, int, int], Awaitable[list[Record]]],
        spare: Spare,
        gone: Callable[[Seat], None],
    ) -> None:
        self.tail = tail
        self.disclosing = disclosing
        self.lanes: dict[Mode, dict[Seat, None]] = {lane: {} for lane in LANES}
        self.viewers: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self._room = room
        self._limit = limit
        self._records = records
        self._spare = spare
        self._gone = gone
        self._rounds = Rounds(spare, self._deliveries, tail.delivered)
        self._signals: set[Slices] = set()
        self._failed_at: int | None = None
        self._fetches: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return sum(map(len, self.lanes.values()))

    def __iter__(self) -> Iterator[Seat]:
        for lane in LANES:
            yield from list(self.lanes[lane])

    @property
    def readers(self) -> int:
        """How many seats only read."""
        return len(self.lanes["follow"]) + len(self.lanes["observe"])

    def add(self, seat: Seat) -> None:
        """Take a seat into its lane."""
        self.lanes[seat.mode][seat] = None
        seat.seated = True
        self._count(seat, 1)

    def discard(self, seat: Seat) -> None:
        """Take a seat out of its lane."""
        if not seat.seated:
            return
        del self.lanes[seat.mode][seat]
        seat.seated = False
        self._count(seat, -1)
        self._gone(seat)

    def tell(self) -> None:
        """Bring every cursor to where its seat may see: contributors now, the others as the loop allows."""
        for lane in AT_ONCE:
            for seat in list(self.lanes[lane]):
                self.deliver(seat)
        self.tell_readers()

    def tell_readers(self) -> None:
        """Bring the viewers' and observers' cursors forward, in the next round."""
        if self.readers or self._rounds.under_way:
            self._rounds.want()
        else:
            self.tail.delivered()

    def signal(self, frame: Frame, but: Connection | None = None) -> list[Seat]:
        """Write a signal to the contributors who stand at the head, and return those that missed it."""
        made = shared(frame)
        missed: list[Seat] = []
        for seat in self.lanes["contribute"]:
            connection = seat.connection
            if not self.listens(seat):
                missed.append(seat)
            elif connection is not but:
                connection.write(made(connection.form))
        return missed

    def signal_readers(self, frame: Frame, missed: Callable[[Seat], None]) -> None:
        """Write a signal to the viewers and observers who stand at the head, in slices; `missed` is told of others."""
        made = shared(frame)

        def write(seat: Seat) -> None:
            if self.listens(seat):
                seat.connection.write(made(seat.connection.form))
            elif seat.seated:
                missed(seat)

        slices = Slices(self._spare)
        self._signals.add(slices)
        slices.run(each(write, self._readers()), lambda: self._signals.discard(slices))

    def listens(self, seat: Seat) -> bool:
        """Whether this seat is here, stands at the head and reads, so that it is sent signals."""
        return seat.seated and seat.connection.paused_at is None and not seat.catching_up

    def deliver(self, seat: Seat, ahead: bytes = b"") -> None:
        """Write to one seat what it lacks, as far as its buffer takes it; before that, in any case, `ahead`."""
        self._bring(seat, ahead)

    def _bring(self, seat: Seat, ahead: bytes = b"") -> _Step | None:
        """Deliver, and return the last step if others who stand where it began can be brought on by the same."""
        connection = seat.connection
        step = None
        try:
            if seat.seated and not seat.fetching:
                upto = self._limit(seat)
                if seat.mode == "brief":
                    self._press(seat, upto)
                while seat.cursor < upto and connection.paused_at is None:
                    if not self.tail.reaches(seat.cursor):
                        self._fetch(seat)
                        break
                    before, form = seat.cursor, connection.form
                    frame, seat.cursor = self.tail.prepared(before, upto, seat.audience, form)
                    owed = self._owed(seat, before)
                    connection.write(ahead + frame + owed)
                    ahead = b""
                    # Only what brings all the way: this one goes on when its line does, the others by nobody.
                    whole = seat.cursor >= upto and not owed
                    step = _Step(before, seat.cursor, form, self.tail.copier.room, frame) if whole else None
                if seat.catching_up and seat.cursor >= upto:
                    seat.catching_up = False
                    connection.send(CaughtUp(room=self._room, seq=seat.cursor))
            if ahead:
                connection.write(ahead)
        except Exception:
            self._failed(seat)
        return step

    def disclose(self, seat: Seat) -> None:
        """Write to one who has just sat down what was withheld up to where they stand, and they may read."""
        if owed := self._owed(seat, 0):
            seat.connection.write(owed)

    def _owed(self, seat: Seat, before: int) -> bytes:
        """What a seat that has come from `before` to where it stands is told besides; for most rooms nothing."""
        if not self.disclosing.answers or seat.mode == "brief":
            return b""
        form = seat.connection.form
        return self.disclosing.frames(seat.person.id, seat.audience, form, before, seat.cursor)

    def _press(self, seat: Seat, upto: int) -> None:
        """Write to a brief seat what presses. What it lacks and the tail no longer has, it has missed."""
        connection = seat.connection
        if seat.cursor < upto and connection.paused_at is None:
            frame, seat.cursor = self.tail.pressing(seat.cursor, upto, seat.person.id, connection.form), upto
            if frame:
                connection.write(frame)

    def close(self) -> None:
        """End the rounds, the signals and what still reads for seats."""
        self._rounds.close()
        for slices in self._signals:
            slices.close()
        for task in self._fetches:
            task.cancel()

    def _count(self, seat: Seat, by: int) -> None:
        if seat.mode == "follow":
            counted, key = self.viewers, seat.person.id
        elif seat.mode == "observe":
            counted, key = self.kinds, seat.stretch.permit.kind if seat.stretch is not None else seat.person.kind
        else:
            return
        counted[key] += by
        if not counted[key]:
            del counted[key]

    def _readers(self) -> Iterator[Seat]:
        for lane in READERS:
            yield from list(self.lanes[lane])

    def _deliveries(self) -> Iterator[None]:
        for lane in READERS:
            step = None
            for seat in list(self.lanes[lane]):
                step = self._bring_on(seat, step)
                yield

    def _bring_on(self, seat: Seat, step: _Step | None) -> _Step | None:
        """Deliver. Thousands stand at the same place: what brought the one before on is what this one lacks."""
        connection = seat.connection
        if (
            step is None
            or seat.cursor != step.after
            or connection.form is not step.form
            or connection.paused_at is not None
            or not seat.seated
            or seat.fetching
            or seat.catching_up
            or self.disclosing.answers
            or self.tail.copier.room is not step.room
        ):
            return self._bring(seat)
        try:
            connection.write(step.frame)
            seat.cursor = step.upto
        except Exception:
            self._failed(seat)
        return step

    def _failed(self, seat: Seat) -> None:
        """Our bug ends this seat and no other one's turn; logged once where thousands stand at the same place."""
        if seat.cursor != self._failed_at:
            self._failed_at = seat.cursor
            logger.exception("a seat in room %s cannot be told what comes after seq %d", self._room, seat.cursor)
        self.discard(seat)
        seat.connection.close(*OUR_FAULT)

    def _fetch(self, seat: Seat) -> None:
        seat.fetching = True
        task = asyncio.get_running_loop().create_task(self._fetched(seat))
        self._fetches.add(task)
        task.add_done_callback(self._fetches.discard)

    async def _fetched(self, seat: Seat) -> None:
        """Write one page of the journal to a seat that the tail does not reach, then go on from there."""
        try:
            records = await self._records(self._room, seat.cursor, PAGE)
            upto = self._limit(seat)
            items = [told(record) for record in records if record.seq <= upto]
            # Meanwhile the seat may have been given back or taken away, and its reader may have fallen behind.
            while items and seat.seated and not seat.connection.paused:
                before = seat.cursor
                frame, seat.cursor = self.tail.copier.frame(items, seat.audience, seat.connection.form, upto)
                seat.connection.write(frame + self._owed(seat, before))
                items = [item for item in items if item.event.seq > seat.cursor]
        except Unavailable:
            await asyncio.sleep(RETRY_S)
        except Exception:
            self._failed(seat)
        finally:
            seat.fetching = False
        if seat.connection.alive:
            self.deliver(seat)
