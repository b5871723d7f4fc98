"""Notices as the live side asks for them: `realtime.ports.NoticeBook` over the database."""

from collections.abc import Callable, Sequence
from typing import Final

from persistence.database import Database
from persistence.moderation.notices import mark, since, unseen
from realtime.rooms.notices import How, Notice

OVERLAP_MS: Final = 5_000
MOST_MARKS: Final = 10_000


class SqlNoticeBook:
    """Marks wait for the next `news`, which is called once a second: they are lost with the process, and come again."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._marks: list[tuple[str, str, How]] = []
        self._read_at_ms = now_ms()

    async def unseen(self, people: Sequence[str]) -> list[Notice]:
        return await self._database.read(lambda sql: unseen(sql, people, self._now_ms()))

    async def news(self) -> list[Notice]:
        await self._write()
        since_ms, now_ms = self._read_at_ms - OVERLAP_MS, self._now_ms()
        found = await self._database.read(lambda sql: since(sql, since_ms))
        self._read_at_ms = now_ms
        return found

    def noticed(self, notice: str, person: str, how: How) -> None:
        if len(self._marks) < MOST_MARKS:
            self._marks.append((notice, person, how))

    async def close(self) -> None:
        """Write the marks that wait. Raises `Unavailable`."""
        await self._write()

    async def _write(self) -> None:
        marks = self._marks[:]
        if marks:
            await self._database.write(lambda sql: mark(sql, marks, self._now_ms()))
            del self._marks[: len(marks)]
