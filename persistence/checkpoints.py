"""Checkpoints of SQLite's WAL in a thread of their own: commits, and the acks that follow them, do not wait for one."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from persistence.threads import Threads
from realtime.errors import Unavailable

EVERY_S: Final = 1.0
LONG_FRAMES: Final = 1_000

Work = Callable[[sqlite3.Connection], int]


class Checkpoints:
    """Moves what was written into the database file, once a second at most. The writer makes none by itself.

    A passive checkpoint waits for nobody (sqlite.org/wal.html); under load it never gets quite to the end. Where the
    WAL has become long, `between_commits` moves the last few pages in the writer's thread: then the next commit
    writes over the WAL from its start, which costs a third of what making the file longer does.
    """

    def __init__(self, path: Path, between_commits: Callable[[Work], Awaitable[int]]) -> None:
        self._path = path
        self._between_commits = between_commits
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
            if await self._threads.run(self._checkpoint) >= LONG_FRAMES:
                await self._between_commits(_checkpoint)
        except Unavailable:
            # The writer tells of a disk that fails; the WAL keeps everything meanwhile.
            return
        finally:
            self._running = None

    def _checkpoint(self) -> int:
        """How many frames the WAL has; 0 where the disk does not let us know."""
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            return _checkpoint(self._connection)
        except sqlite3.Error:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            return 0


def _checkpoint(connection: sqlite3.Connection) -> int:
    _, frames, _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return int(frames)
