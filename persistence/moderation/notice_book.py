"""Notices as the live side asks for them: `realtime.ports.NoticeBook` over the database."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlmodel import Session

from persistence.database import Database
from persistence.moderation import tables
from persistence.moderation.changes import changed, last_change
from persistence.moderation.notices import mark, notify, told, unseen
from realtime.rooms.notices import How, Notice

MOST_WAITING: Final = 10_000
# A commit may wait behind them.
AT_ONCE: Final = 200

Mark = tuple[str, str, How]


class SqlNoticeBook:
    """What waits is lost with the process. Marks come again; what a notice was of stands in its room.

    What is news is read while that is written, which may take long: others write in the same rows.
    """

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._made: list[Notice] = []
        self._marks: list[Mark] = []
        self._settling = asyncio.Lock()
        self._change: int | None = None

    async def unseen(self, people: Sequence[str]) -> list[Notice]:
        def read(session: Session) -> tuple[int, list[Notice]]:
            return last_change(session, tables.Notice), unseen(session, people, self._now_ms())

        said = [*self._marks]
        change, found = await self._database.read(read)
        self._change = change if self._change is None else self._change
        return [notice for notice in self._marked(found, said) if not notice.seen]

    async def news(self) -> list[Notice]:
        said = [*self._marks]
        if self._change is None:
            self._change = await self._database.read(lambda sql: last_change(sql, tables.Notice))
        news = await changed(self._database, tables.Notice, self._change)
        self._change = news.change
        return self._marked(told(news.rows), said)

    def _marked(self, found: list[Notice], said: list[Mark]) -> list[Notice]:
        """As people have said it, before the read or during it, whether that is written yet or not."""
        got = {mark[:2] for mark in (*said, *self._marks)}
        seen = {mark[:2] for mark in (*said, *self._marks) if mark[2] == "seen"}
        return [
            msgspec.structs.replace(one, delivered=True, seen=one.seen or (one.id, one.person) in seen)
            if (one.id, one.person) in got
            else one
            for one in found
        ]

    def notify(self, notices: Sequence[Notice]) -> None:
        self._made += notices[: max(0, MOST_WAITING - len(self._made))]

    def noticed(self, notice: str, person: str, how: How) -> None:
        if len(self._marks) < MOST_WAITING:
            self._marks.append((notice, person, how))

    async def settle(self) -> bool:
        async with self._settling:
            is_news = bool(self._made)
            while made := self._made[:AT_ONCE]:
                await self._database.write(lambda sql, made=made: notify(sql, made))  # type: ignore[misc]
                del self._made[: len(made)]
            while piece := self._marks[:AT_ONCE]:
                await self._database.write(lambda sql, piece=piece: mark(sql, piece, self._now_ms()))  # type: ignore[misc]
                del self._marks[: len(piece)]
        return is_news
