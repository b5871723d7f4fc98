"""A database that says how often it was asked, and can be away."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from persistence.sqlite import Sqlite
from realtime.errors import Unavailable

T = TypeVar("T")


class CountingSqlite(Sqlite):
    """SQLite, with the number of its reads and writes; while it is `away`, it raises `Unavailable`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.reads = 0
        self.writes = 0
        self.asked = asyncio.Event()
        self.away = False

    async def read(self, fn: Callable[[Session], T]) -> T:
        self.reads += 1
        self.asked.set()
        self._check()
        return await super().read(fn)

    async def write(self, fn: Callable[[Session], T]) -> T:
        self.writes += 1
        self.asked.set()
        self._check()
        return await super().write(fn)

    def _check(self) -> None:
        if self.away:
            raise Unavailable()
