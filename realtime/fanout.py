"""Delivery: a seat is a cursor into its room's log, and delivering is moving cursors forward, in lanes.

Contributors' cursors move first, at once. Viewers' and then observers' follow in slices of about a millisecond that
give the loop back in between. A reader who is behind is sent everything it lacks in as few writes as frames allow;
one who does not read is left where it stands and goes on from there when its buffer has drained.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from realtime.errors import Unavailable
from realtime.frames import shared
from realtime.rooms.chain import Record
from realtime.rooms.people import Mode
from realtime.socket import Connection, Seat
from realtime.tail import Tail, told
from realtime.wire import CaughtUp, Frame

SLICE_S = 0.001
PAGE = 200
RETRY_S = 1.0

LANES: Final[tuple[Mode, ...]] = ("contribute", "follow", "observe")


class Fanout:
    """The seats of one room on this node, by lane, and their cursors.

    `limit` gives how far a seat may see; `records` reads a page of the log from the journal.
    """

    def __init__(
        self,
        room: str,
        tail: Tail,
        limit: Callable[[Seat], int],
        records: Callable[[str, int, int], Awaitable[list[Record]]],
    ) -> None:
        self.tail = tail
        self.lanes: dict[Mode, dict[Seat, None]] = {lane: {} for lane in LANES}
        self._room = room
        self._limit = limit
        self._records = records
        self._sweep: Iterator[Seat] | None = None
        self._again = False
        self._fetches: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return sum(map(len, self.lanes.values()))

    def __iter__(self) -> Iterator[Seat]:
        for lane in LANES:
            yield from list(self.lanes[lane])

    def add(self, seat: Seat) -> None:
        """Take a seat into its lane."""
        self.lanes[seat.mode][seat] = None

    def discard(self, seat: Seat) -> None:
        """Take a seat out of its lane."""
        self.lanes[seat.mode].pop(seat, None)

    def tell(self) -> None:
        """Bring every cursor to where its seat may see: contributors now, the others as the loop allows."""
        for seat in list(self.lanes["contribute"]):
            self.deliver(seat)
        self.tell_readers()

    def tell_readers(self) -> None:
        """Bring the viewers' and observers' cursors forward, in slices."""
        if self._sweep is not None:
            self._again = True
        elif self.lanes["follow"] or self.lanes["observe"]:
            self._sweep = self._readers()
            asyncio.get_running_loop().call_soon(self._slice)

    def signal(self, frame: Frame, *lanes: Mode, but: Connection | None = None) -> list[Seat]:
        """Write a signal to the seats of these lanes that stand at the head, and return those that missed it."""
        made = shared(frame)
        missed: list[Seat] = []
        for lane in lanes:
            for seat in self.lanes[lane]:
                connection = seat.connection
                if not self.listens(seat):
                    missed.append(seat)
                elif connection is not but:
                    connection.write(made(connection.encoding))
        return missed

    def listens(self, seat: Seat) -> bool:
        """Whether this seat is here, stands at the head and reads, so that it is sent signals."""
        return seat in self.lanes[seat.mode] and not seat.connection.paused and not seat.catching_up

    def deliver(self, seat: Seat) -> None:
        """Write to one seat what it lacks, as far as its buffer takes it."""
        connection = seat.connection
        if seat.fetching:
            return
        upto = self._limit(seat)
        while seat.cursor < upto and not connection.paused:
            if not self.tail.reaches(seat.cursor):
                self._fetch(seat)
                return
            frame, seat.cursor = self.tail.prepared(seat.cursor, upto, seat.audience, connection.encoding)
            connection.write(frame)
        if seat.catching_up and seat.cursor >= upto:
            seat.catching_up = False
            connection.send(CaughtUp(room=self._room, seq=seat.cursor))

    def close(self) -> None:
        """End what still reads for seats."""
        for task in self._fetches:
            task.cancel()

    def _readers(self) -> Iterator[Seat]:
        yield from list(self.lanes["follow"])
        yield from list(self.lanes["observe"])

    def _slice(self) -> None:
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + SLICE_S
        for seat in self._sweep or ():
            self.deliver(seat)
            if loop.time() >= ends_at:
                loop.call_soon(self._slice)
                return
        self._sweep = None
        if self._again:
            self._again = False
            self.tell_readers()

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
            while items and seat in self.lanes[seat.mode] and not seat.connection.paused:
                frame, seat.cursor = self.tail.copier.frame(items, seat.audience, seat.connection.encoding)
                seat.connection.write(frame)
                items = [item for item in items if item.event.seq > seat.cursor]
        except Unavailable:
            await asyncio.sleep(RETRY_S)
        finally:
            seat.fetching = False
        if seat.connection.alive and seat in self.lanes[seat.mode]:
            self.deliver(seat)
