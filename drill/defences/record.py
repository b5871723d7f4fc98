"""Switching off what puts events on record once, in order and for good."""

import asyncio
from contextlib import nullcontext
from typing import Any, Final

from drill.patching import Gone, found, replace, shadow

PATIENCE_S: Final = 0.5


def _fsync() -> None:
    """A commit is answered before it is on disk."""

    def made(connected: Any) -> Any:
        def careless(path: Any) -> Any:
            connection = connected(path)
            connection.execute("PRAGMA synchronous = OFF")
            return connection

        return careless

    def settings(kept: dict[str, str]) -> dict[str, str]:
        if kept.get("synchronous_commit") != "on":
            raise Gone("persistence.journal_postgres:SETTINGS does not set synchronous_commit any more.")
        return kept | {"synchronous_commit": "off"}

    replace("persistence.sqlite:_connected", made)
    replace("persistence.journal_postgres:SETTINGS", settings)


def _lookup() -> None:
    """Ids are not looked up, in memory or in the journal. The table still has each once: a repeat gets no answer."""

    async def nothing(journal: Any, room: str, ids: Any) -> dict[str, Any]:
        return {}

    replace("persistence.journal:SqlJournal.lookup", lambda _: nothing)
    replace("realtime.following:Following._remember", lambda _: lambda host, record: None)


def _landed() -> None:
    """An append whose answer was lost counts as one that was not made."""

    async def none(journal: Any, wishes: Any) -> list[bool]:
        return [False] * len(wishes)

    replace("persistence.journal:SqlJournal._landed", lambda _: none)


def _check() -> None:
    """Whoever comes back with a position resumes there, whatever their log was."""

    def made(resumes: Any) -> Any:
        from msgspec.structs import replace as changed

        async def trusting(host: Any, mode: Any, join: Any) -> bool:
            return bool(await resumes(host, mode, changed(join, check=None)))

        return trusting

    replace("realtime.joining:_resumes", made)


def _commit() -> None:
    """A ✓ waits for a commit half a second at most, and not for its success."""

    def made(append: Any) -> Any:
        unavailable = found("realtime.errors:Unavailable")

        async def hurried(journal: Any, wish: Any) -> None:
            task = asyncio.ensure_future(append(journal, wish))
            done, _ = await asyncio.wait([task], timeout=PATIENCE_S)
            if not done:
                task.add_done_callback(lambda late: late.cancelled() or late.exception())
            elif not isinstance(task.exception(), unavailable):
                task.result()

        return hurried

    replace("persistence.journal:SqlJournal.append", made)


def _compare() -> None:
    """An append that lost to another node's counts as made."""

    def made(append: Any) -> Any:
        conflict = found("realtime.errors:Conflict")

        async def blind(journal: Any, wish: Any) -> None:
            try:
                await append(journal, wish)
            except conflict:
                return

        return blind

    replace("persistence.journal:SqlJournal.append", made)


def _bounded() -> None:
    """An append waits for PostgreSQL's answer for as long as it takes."""
    replace("persistence.turns_postgres:bounded", lambda _: lambda connection: nullcontext())


def _threads() -> None:
    """What the disk does is waited for on the event loop."""

    async def at_once(threads: Any, fn: Any) -> Any:
        return fn()

    replace("persistence.threads:Threads.run", lambda _: at_once)


def _order() -> None:
    """An event's time is what the clock says, be it earlier than the last one's."""
    shadow("realtime.turns:max", lambda last, now: now, read_by="realtime.turns:_decided")


def _lock_timeout() -> None:
    """Who changes the tables waits for their locks for as long as it takes; everybody else waits behind them."""

    def made(settings: dict[str, str]) -> dict[str, str]:
        if settings.get("lock_timeout", "0") == "0":
            raise Gone("persistence.postgres:ALTER_SETTINGS does not set lock_timeout any more.")
        return settings | {"lock_timeout": "0"}

    replace("persistence.postgres:ALTER_SETTINGS", made)


RECORD: Final = {
    "fsync": _fsync,
    "lookup": _lookup,
    "landed": _landed,
    "check": _check,
    "commit": _commit,
    "compare": _compare,
    "bounded": _bounded,
    "threads": _threads,
    "order": _order,
    "lock_timeout": _lock_timeout,
}
