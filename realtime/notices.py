"""Notices on the live side: everyone connected here is told what is for them, again and again until they have it."""

import asyncio
import logging
import time
from collections.abc import Iterable

import msgspec

from realtime.connections import Connections
from realtime.errors import Unavailable
from realtime.ports import NoticeBook
from realtime.rooms.notices import How, Notice
from realtime.socket import Connection
from realtime.wire.server import NoticeFrame, NoticeSeen

logger = logging.getLogger("curbside.notices")

REPEAT_S = 15.0
GREET_S = 0.25
"""All who come in this time are asked for in one query."""
# So much of what one person says waits for their notices: no client has as many, and the journal may be away for long.
MOST_EARLY = 500


class Notices:
    """What the people connected to this node have not seen. Nothing is kept of those who are not here.

    Who arrives is asked for in a moment, with all who come meanwhile, and by the clock where that fails. What they say
    of notices that are not read yet waits for that.
    """

    def __init__(self, book: NoticeBook, connections: Connections) -> None:
        self._book = book
        self._connections = connections
        self._arrived: dict[str, dict[Connection, None]] = {}
        self._early: dict[str, dict[str, How]] = {}
        self._open: dict[str, dict[str, Notice]] = {}
        self._told_at: dict[tuple[str, str], float] = {}
        self._hurried = False
        self._hurrying: asyncio.Task[None] | None = None
        self._greeting: asyncio.Task[None] | None = None
        self._asking = asyncio.Lock()
        self._over_meanwhile: set[tuple[str, str]] = set()

    def arrived(self, connection: Connection) -> None:
        """Tell this connection, within half a second, what waits for its person."""
        self._arrived.setdefault(connection.person.id, {})[connection] = None
        if self._greeting is None:
            self._greeting = asyncio.get_running_loop().create_task(self._greet_soon())

    def lost(self, connection: Connection) -> None:
        """This connection is gone, and no more among the open ones."""
        person = connection.person.id
        self._greeted(person, [connection])
        if not self._connections.of_person(person):
            self._early.pop(person, None)
            for notice in list(self._open.get(person, {}).values()):
                self._close(notice)

    def noticed(self, connection: Connection, notice: str, how: How) -> None:
        """A device has got a notice, or its person has seen it. What is over rings on no device that still has it."""
        person = connection.person.id
        known = self._open.get(person, {}).get(notice)
        if known is not None:
            self._mark(known, how)
        elif person in self._arrived:
            early = self._early.setdefault(person, {})
            if early.get(notice) != "seen" and len(early) < MOST_EARLY:
                early[notice] = how
        elif how == "delivered":
            connection.send(NoticeSeen(notice=notice))

    async def tick(self) -> None:
        """Called by the clock: tell what is new, then what was not taken. Raises `Unavailable`."""
        await self._news()
        await self._greet()
        self._repeat()

    async def settle(self) -> None:
        """Called by the clock: write what people have said and are to be told. Raises `Unavailable`."""
        if await self._book.settle():
            self.hurry()

    def take(self, notices: Iterable[Notice]) -> None:
        """Tell those who are here of these, which are on disk; the next look at the book gives them once more."""
        for notice in notices:
            self._take(notice)

    def hurry(self) -> None:
        """Something is new that must not wait for the clock; returns at once."""
        self._hurried = True
        if self._hurrying is None:
            self._hurrying = asyncio.get_running_loop().create_task(self._hurry())

    def close(self) -> None:
        """End what is under way."""
        for task in (self._hurrying, self._greeting):
            if task is not None:
                task.cancel()

    async def _hurry(self) -> None:
        try:
            while self._hurried:
                self._hurried = False
                await self._news()
        except Unavailable:
            logger.info("notices wait for the clock: the journal is away")
        finally:
            self._hurrying = None

    async def _news(self) -> None:
        for notice in await self._book.news():
            self._take(notice)

    async def _greet_soon(self) -> None:
        try:
            while self._arrived:
                await asyncio.sleep(GREET_S)
                await self._greet()
        except Unavailable:
            logger.info("who has come is greeted by the clock: the journal is away")
        finally:
            self._greeting = None

    async def _greet(self) -> None:
        """Tell those who have come what the book has for them; where that has aged meanwhile, what is known here."""
        async with self._asking:
            self._over_meanwhile.clear()
            asked = {person: list(those) for person, those in self._arrived.items()}
            found = await self._book.unseen(sorted(asked)) if asked else []
            greeted = {person: self._greeted(person, those) for person, those in asked.items()}
            before = {person: dict(self._open.get(person, {})) for person, those in greeted.items() if those}
            for notice in found:
                if notice.person in before and (notice.person, notice.id) not in self._over_meanwhile:
                    self._opened(notice)
            for person, known in before.items():
                for notice in sorted(self._open.get(person, {}).values(), key=lambda one: one.at):
                    # What is news is so to their other devices, too.
                    if notice.id in known:
                        self._send(greeted[person], notice)
                    else:
                        self._tell(notice)
            for person in greeted.keys() - self._arrived.keys():
                for over, how in self._early.pop(person, {}).items():
                    if how == "delivered":
                        self._say_seen(person, over)

    def _greeted(self, person: str, those: Iterable[Connection]) -> list[Connection]:
        """Those of `those` that were yet to be told what waits for `person`; they are no longer."""
        waiting = self._arrived.get(person, {})
        found = [connection for connection in those if connection in waiting]
        for connection in found:
            del waiting[connection]
        if found and not waiting:
            del self._arrived[person]
        return found

    def _take(self, notice: Notice) -> None:
        known = self._open.get(notice.person, {}).get(notice.id)
        if notice.seen or notice.ended is not None:
            self._over_meanwhile.add((notice.person, notice.id))
            if known is not None and notice.ended is None:
                self._over(known)
            elif known is not None:
                self._close(known)
            if notice.ended is not None:  # also who has seen it may still be thinking of it
                self._send(self._connections.those_of(notice.person), notice)
            return
        if not self._connections.of_person(notice.person):
            return
        if known is None:
            self._opened(notice)
            if notice.id in self._open.get(notice.person, {}):
                self._tell(self._open[notice.person][notice.id])
            return
        self._open[notice.person][notice.id] = notice
        if notice.delivered:
            self._told_at.pop((notice.person, notice.id), None)

    def _opened(self, notice: Notice) -> None:
        """Keep a notice, and put down what was said of it before."""
        known = self._open.setdefault(notice.person, {}).setdefault(notice.id, notice)
        how = self._early.get(notice.person, {}).pop(notice.id, None)
        if how is not None:
            self._mark(known, how)

    def _mark(self, notice: Notice, how: How) -> None:
        self._told_at.pop((notice.person, notice.id), None)
        self._book.noticed(notice.id, notice.person, how)
        if how == "seen":
            self._over(notice)
        else:
            self._open[notice.person][notice.id] = msgspec.structs.replace(notice, delivered=True)

    def _repeat(self) -> None:
        now_s = time.monotonic()
        for (person, notice), told_s in list(self._told_at.items()):
            if now_s - told_s >= REPEAT_S:
                self._tell(self._open[person][notice])

    def _tell(self, notice: Notice) -> None:
        """Those who have just come are told with all else that waits for them."""
        waiting = self._arrived.get(notice.person, {})
        self._send([one for one in self._connections.those_of(notice.person) if one not in waiting], notice)

    def _send(self, those: Iterable[Connection], notice: Notice) -> None:
        if not notice.delivered and notice.ended is None:
            self._told_at[notice.person, notice.id] = time.monotonic()
        frame = NoticeFrame(
            notice=notice.id,
            kind=notice.kind,
            text=notice.text,
            at=notice.at,
            room=notice.room,
            page=notice.page,
            acuity=notice.acuity,
            deadline_at=notice.deadline_at,
            ended=notice.ended,
        )
        for connection in those:
            connection.send(frame)

    def _over(self, notice: Notice) -> None:
        """Their other devices stop to ring."""
        self._say_seen(notice.person, notice.id)
        self._close(notice)

    def _say_seen(self, person: str, notice: str) -> None:
        for connection in self._connections.those_of(person):
            connection.send(NoticeSeen(notice=notice))

    def _close(self, notice: Notice) -> None:
        self._over_meanwhile.add((notice.person, notice.id))
        self._told_at.pop((notice.person, notice.id), None)
        of_person = self._open[notice.person]
        del of_person[notice.id]
        if not of_person:
            del self._open[notice.person]
