"""Sessions that were ended before their time: every node holds the set, so that no request needs a query."""

from collections.abc import Callable, Mapping, Set
from typing import Final

from sqlmodel import Session as Sql
from sqlmodel import col, delete, select

from persistence import tables
from persistence.database import Database
from web.clock import Clock

# Each is kept for so long after its end: a clock that was set ahead must not bring its session back, here or elsewhere.
KEPT_MS: Final = 24 * 3_600_000

Taken = Callable[[Sql], Mapping[str, int]]
"""Takes sessions off their lists; returns each with when it would have expired (Unix ms)."""


class Revocations:
    """The revoked sessions as of the last `refresh`, and those revoked here since. `now_ms` is Unix time."""

    def __init__(self, database: Database, now_ms: Clock) -> None:
        self._database = database
        self._now_ms = now_ms
        self._revoked: frozenset[str] = frozenset()
        self._here: dict[str, int] = {}

    def __contains__(self, session: str) -> bool:
        return session in self._revoked or session in self._here

    async def refresh(self) -> Set[str]:
        """Read the set in one query and return what is new in it, for connections to be ended.

        Raises `Unavailable`; what was known then still holds.
        """
        since_ms = self._now_ms() - KEPT_MS
        kept = select(tables.Revoked.session).where(col(tables.Revoked.expires_at) > since_ms)
        found = frozenset(await self._database.read(lambda sql: sql.exec(kept).all()))
        new = found - self._revoked
        self._revoked = found
        self._here = {session: expires_at for session, expires_at in self._here.items() if expires_at > since_ms}
        return new

    def heard(self, sessions: Mapping[str, int]) -> None:
        """Another node has ended these sessions, which would have lived until then (Unix ms)."""
        self._here.update(sessions)

    async def end(self, taken: Taken) -> Mapping[str, int]:
        """End the sessions that `taken` returns, and return them: over here at once, on other nodes within a second.

        Who is off the list is refused: that is one write, or a session could go on that nobody can end any more.
        Raises `Unavailable`; they then go on and are listed, or else are over on every node within a second.
        """
        now_ms = self._now_ms()

        def write(sql: Sql) -> Mapping[str, int]:
            ended = taken(sql)
            put(sql, ended, now_ms)
            return ended

        ended = await self._database.write(write)
        self._here.update(ended)
        return ended


def put(sql: Sql, sessions: Mapping[str, int], now_ms: int) -> None:
    """Put sessions, with when they would have expired (Unix ms), into the set; nodes read it within a second."""
    sql.execute(delete(tables.Revoked).where(col(tables.Revoked.expires_at) <= now_ms - KEPT_MS))
    for session, expires_at in sessions.items():
        sql.merge(tables.Revoked(session=session, at=now_ms, expires_at=expires_at))
