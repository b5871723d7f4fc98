"""The pager: looks at rooms that are due, lets the ladder take its next step there, and tells those whom it rings.

Any number of processes have one. Killed at any point, another does the same: what is due follows from the log alone, an
event of the server has the same id whoever makes it, and what people are told is written with it or not at all.
"""

import asyncio
import logging
from collections.abc import Callable, Collection
from functools import partial
from typing import Final, NamedTuple

from persistence.database import Database
from persistence.paging import looks
from persistence.paging.choosing import Rules
from persistence.paging.look import Told, looked, to_say, write
from persistence.stillness import Stillness
from realtime.backplane.messages import Rang, Records
from realtime.errors import Conflict, Gap, Unavailable
from realtime.ports import Journal
from realtime.rooms.card import Card
from realtime.rooms.chain import EMPTY, Head, Record, event_of, link
from realtime.rooms.fold import fold
from realtime.rooms.room import Room

logger = logging.getLogger("curbside.pager")

POLL_S: Final = 0.5
PAGE: Final = 500
MOST_TRIES: Final = 20
AT_ONCE: Final = 2


class Spoken(NamedTuple):
    """What the server has said in a room, and to whom besides."""

    room: str
    records: list[Record]
    card: Card
    told: Told

    @property
    def messages(self) -> tuple[Records, Rang]:
        """What nodes tell their seats, and those whom it rings."""
        return Records(self.room, self.records, self.card), Rang(self.told.notices, sorted(self.told.ended))


class Pager:
    """`told` is called with what is on record. `present`: who has a connection to this process."""

    def __init__(
        self,
        *,
        database: Database,
        journal: Journal,
        rules: Rules,
        now_ms: Callable[[], int],
        told: Callable[[Spoken], None],
        present: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._database = database
        self._journal = journal
        self._rules = rules
        self._now_ms = now_ms
        self._told = told
        self._present = present
        self._stillness = Stillness(database)
        self._free = asyncio.Semaphore(AT_ONCE)
        self._looking: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Look at whatever is due until cancelled. What fails is logged and tried again."""
        while True:
            try:
                if self._stillness.broken():
                    await self.step()
            except Unavailable:
                logger.info("the pager waits: the journal is away")
            except Exception:
                logger.exception("the pager failed; it goes on")
            await asyncio.sleep(POLL_S)

    async def step(self) -> None:
        """Look once at each room that is due; a look that fails keeps no other. Raises `Unavailable`."""
        rooms = await self._database.read(lambda session: looks.waiting(session, self._now_ms()))
        await asyncio.gather(*map(self._looked_at, rooms))

    def hurry(self, room: str) -> None:
        """Look at a room that has just changed; returns at once. Whoever polls does it where this fails."""
        if room not in self._looking:
            task = self._looking[room] = asyncio.get_running_loop().create_task(self._looked_at(room))
            task.add_done_callback(lambda _: self._looking.pop(room, None))

    async def close(self) -> None:
        """End the looks that are under way."""
        for task in list(self._looking.values()):
            task.cancel()
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    async def look(self, room: str) -> None:
        """Do in `room` what is due there, unless somebody else does. Raises `Unavailable`."""
        async with self._free:
            claim = await self._database.write(lambda session: looks.claimed(session, room, self._now_ms()))
            for _ in range(MOST_TRIES if claim is not None else 0):
                try:
                    return await self._look(room, claim or 0)
                except Conflict:
                    continue

    async def _looked_at(self, room: str) -> None:
        """Look, and note what fails: the room is due again when the claim ends."""
        try:
            await self.look(room)
        except Unavailable:
            logger.info("room %s is looked at later: the journal is away", room)
        except Exception:
            logger.exception("a look at room %s failed", room)

    async def _look(self, id: str, claim: int) -> None:
        """One look. Raises `Conflict` where the room has grown meanwhile; then nothing was written."""
        room, head = await self._read(id)
        now_ms, rules, present = self._now_ms(), self._rules, self._present()
        say = partial(to_say, room=room, rules=rules, present=present, now_ms=now_ms)
        look = looked(room, head, await self._database.read(say), now_ms)
        told = await self._database.write(partial(write, look=look, rules=rules, claim=claim, now_ms=now_ms))
        if look.records or any(told):
            self._told(Spoken(id, look.records, look.room.card, told))

    async def _read(self, id: str) -> tuple[Room, Head]:
        """The room as the journal has it. Raises `Gap` where its chain breaks."""
        room: Room | None = None
        head = EMPTY
        while records := await self._journal.records(id, head.seq, PAGE):
            for record in records:
                if record.seq != head.seq + 1 or link(head.digest, record) != record.digest:
                    raise Gap(f"the chain of room {id} breaks at {head.seq + 1}")
                room, head = fold(room, event_of(record)), record.head
        if room is None:
            raise Gap(f"room {id} has no events")
        return room, head
