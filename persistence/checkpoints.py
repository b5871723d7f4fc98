"""Checkpoints of SQLite's WAL in a thread of their own: no commit, and nobody's ack, waits for one."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Final

from persistence.threads import Threads

EVERY_S: Final = 1.0


class Checkpoints:
    """Moves what was written into the database file, once a second at most. The writer makes none by itself.

    A passive checkpoint waits for nobody (sqlite.org/wal.html). When it has moved everything, the next commit writes
    over the WAL from its start, which costs a third of what making the file longer does.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = Threads("sqlite-checkpoint", 1)
        self._connection: sqlite3.Connection | None = None
        self._running: asyncio.Task[None] | None = None
        self._last_s = 0.0

    def written(self) -> None:
        """Something was committed."""
        now_s = asyncio.get_running_loop().time()
        if self._running is None and now_s - self._last_s >= EVERY_S:
            self._last_s = now_s
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        """Let what has begun end."""
        if self._running is not None:
            await self._running
        await self._threads.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _run(self) -> None:
        try:
            await self._threads.run(self._checkpoint)
        finally:
            self._running = None

    def _checkpoint(self) -> None:
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.Error:
            # A full disk is the writer's to tell of; the WAL keeps everything meanwhile.
            if self._connection is not None:
                self._connection.close()
                self._connection = None
