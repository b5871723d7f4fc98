"""Notices on the live side: everyone connected here is told what is for them, again and again until they have it."""

import time
from collections.abc import Iterator

from realtime.connections import Connections
from realtime.ports import NoticeBook
from realtime.rooms.notices import How, Notice
from realtime.socket import Connection
from realtime.wire.server import NoticeFrame

REPEAT_S = 15.0


class Notices:
    """What the people connected to this node have not seen. Nothing is kept of those who are not here.

    Who arrives is asked for by the clock, all who came since in one query.
    """

    def __init__(self, book: NoticeBook, connections: Connections) -> None:
        self._book = book
        self._connections = connections
        self._arrived: list[Connection] = []
        self._open: dict[str, dict[str, Notice]] = {}
        self._told_at: dict[tuple[str, str], float] = {}

    def arrived(self, connection: Connection) -> None:
        """Tell this connection, within a second, what waits for its person."""
        self._arrived.append(connection)

    def noticed(self, person: str, notice: str, how: How) -> None:
        """A device of `person` has got a notice, or they have seen it."""
        known = self._open.get(person, {}).get(notice)
        if known is None:
            return
        self._told_at.pop((person, notice), None)
        self._book.noticed(notice, person, how)
        if how == "seen":
            self._close(known)

    async def tick(self) -> None:
        """Called once a second: tell what is new, then what was not taken. Raises `Unavailable`."""
        for notice in await self._book.news():
            self._take(notice)
        await self._greet()
        self._repeat()
        self._forget()

    async def _greet(self) -> None:
        arrived = [connection for connection in self._arrived if connection.alive]
        people = sorted({connection.person.id for connection in arrived})
        found = await self._book.unseen(people) if people else []
        self._arrived = [connection for connection in self._arrived if connection not in arrived and connection.alive]
        for notice in found:
            self._open.setdefault(notice.person, {}).setdefault(notice.id, notice)
            for connection in arrived:
                if connection.person.id == notice.person:
                    self._send(connection, notice)

    def _take(self, notice: Notice) -> None:
        known = self._open.get(notice.person, {}).get(notice.id)
        if notice.seen:
            if known is not None:
                self._close(known)
            return
        if not self._connections.of_person(notice.person):
            return
        self._open.setdefault(notice.person, {})[notice.id] = notice
        if known is None:
            self._tell(notice)
        elif notice.delivered:
            self._told_at.pop((notice.person, notice.id), None)

    def _repeat(self) -> None:
        now_s = time.monotonic()
        for (person, notice), told_s in list(self._told_at.items()):
            if now_s - told_s >= REPEAT_S:
                self._tell(self._open[person][notice])

    def _forget(self) -> None:
        for person in [person for person in self._open if not self._connections.of_person(person)]:
            for notice in list(self._open[person].values()):
                self._close(notice)

    def _tell(self, notice: Notice) -> None:
        for connection in self._of(notice.person):
            self._send(connection, notice)

    def _send(self, connection: Connection, notice: Notice) -> None:
        if not notice.delivered:
            self._told_at[notice.person, notice.id] = time.monotonic()
        connection.send(
            NoticeFrame(
                notice=notice.id,
                kind=notice.kind,
                text=notice.text,
                at=notice.at,
                room=notice.room,
                page=notice.page,
                acuity=notice.acuity,
                deadline_at=notice.deadline_at,
            )
        )

    def _close(self, notice: Notice) -> None:
        self._told_at.pop((notice.person, notice.id), None)
        of_person = self._open[notice.person]
        del of_person[notice.id]
        if not of_person:
            del self._open[notice.person]

    def _of(self, person: str) -> Iterator[Connection]:
        return (connection for connection in self._connections if connection.person.id == person)
