"""Ends sessions at which nobody works any more: a screen on a ward stays on, and connected, after its person has left.

A person works when a request changes something, or when the page says that a key was pressed or the pointer moved.
Pings, and what a page reads by itself, are no work.
"""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from persistence.database import Database
from persistence.signin import sessions
from web.clock import Clock
from web.signin.revocations import Taken

LOOKS: Final = 20
"""How many times within `idle_s` all sessions are looked at."""
_WRITTEN_S: Final = 10.0
# A commit may wait behind them.
_AT_ONCE: Final = 200


class Activity:
    """When each session was last worked at, and the end of those that were idle for `idle_s`; 0: none ever is.

    `end` takes sessions off the list and ends them, in one write. `clock` gives seconds that never go back: idle time
    is counted on it, from when this node first saw the session's last work, so that a node whose time of day is wrong
    ends nobody's session.
    """

    def __init__(
        self,
        database: Database,
        end: Callable[[Taken], Awaitable[object]],
        idle_s: float,
        now_ms: Clock,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._end = end
        self._idle_s = idle_s
        self._now_ms = now_ms
        self._clock = clock
        self._noted: dict[str, int] = {}
        self._seen: dict[str, tuple[int, float]] = {}
        self._written_at = self._looked_at = -float("inf")

    def note(self, session: str) -> None:
        """Someone has just worked at this session."""
        self._noted[session] = self._now_ms()

    async def look(self) -> None:
        """Write what was noted, and end those that were idle for too long. Raises `Unavailable`."""
        now_s = self._clock()
        if self._noted and now_s >= self._written_at + _WRITTEN_S:
            self._written_at = now_s
            await self.write()
        if self._idle_s and now_s >= self._looked_at + self._idle_s / LOOKS:
            self._looked_at = now_s
            await self._look(now_s)

    async def write(self) -> None:
        """Write what was noted. Raises `Unavailable`; it is then written later."""
        # In one order: two nodes that write at once wait for each other at most once.
        noted, self._noted = sorted(self._noted.items()), {}
        try:
            while piece := dict(noted[:_AT_ONCE]):
                await self._database.write(partial(sessions.active, sessions=piece))
                del noted[:_AT_ONCE]
        except BaseException:
            self._noted = dict(noted) | self._noted
            raise

    async def _look(self, now_s: float) -> None:
        now_ms = self._now_ms()
        found = await self._database.read(lambda sql: sessions.activity(sql, now_ms))
        self._seen = {id: self._since(id, at, now_s) for id, at in found.items()}
        idle = [id for id, (_, since) in self._seen.items() if now_s - since >= self._idle_s and id not in self._noted]
        for start in range(0, len(idle), _AT_ONCE):
            piece = idle[start : start + _AT_ONCE]
            await self._end(partial(sessions.end_these, sessions=piece))

    def _since(self, session: str, active_at: int, now_s: float) -> tuple[int, float]:
        seen = self._seen.get(session)
        return seen if seen is not None and seen[0] == active_at else (active_at, now_s)
