"""Moments of a command's way at which a node can be killed, or an answer lost; counted from its start, from 1."""

import asyncio
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from drill.patching import found, replace

Patch = Callable[[int], None]
"""Arms the point for its n-th moment."""


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Nth:
    """Whether this is the n-th call of it, over all that share it."""

    def __init__(self, n: int) -> None:
        self._left = n

    def __call__(self) -> bool:
        self._left -= 1
        return self._left == 0


def _before_commit(n: int) -> None:
    """An append was asked for; the database knows nothing of it."""
    due = _Nth(n)

    def made(append: Any) -> Any:
        async def appended(journal: Any, wish: Any) -> None:
            if due():
                _die()
            await append(journal, wish)

        return appended

    replace("persistence.journal:SqlJournal.append", made)


def _in_commit(n: int) -> None:
    """All is written and not committed (SQLite), or the statement is under way and not answered (PostgreSQL)."""
    due = _Nth(n)

    def written(write: Any) -> Any:
        def wrote(*arguments: Any) -> None:
            write(*arguments)
            if due():
                _die()

        return wrote

    def sent(write: Any) -> Any:
        async def sending(*arguments: Any) -> Any:
            if due():
                asyncio.get_running_loop().call_later(0.001, _die)
            return await write(*arguments)

        return sending

    replace("persistence.journal_sqlite:_write", written)
    replace("persistence.journal_postgres:PostgresLog._write", sent)


def _after_commit(n: int) -> None:
    """An append is on record; this node has folded nothing, told nobody, published nothing."""
    due = _Nth(n)

    def made(append: Any) -> Any:
        async def appended(journal: Any, wish: Any) -> None:
            await append(journal, wish)
            if due():
                _die()

        return appended

    replace("persistence.journal:SqlJournal.append", made)


def _before_ack(n: int) -> None:
    """A turn is over and its authors are about to be answered."""
    _at_answers(n, lambda answers: _die())


def _lose_ack(n: int) -> None:
    """A turn is over, and the connections of its authors break before they are answered. All else goes on."""

    def cut(answers: Any) -> None:
        for answer in answers:
            answer.asked.seat.connection.abort()

    _at_answers(n, cut)


def _at_answers(n: int, act: Callable[[Any], None]) -> None:
    due = _Nth(n)

    def made(answer: Any) -> Any:
        def answered(host: Any, answers: Any) -> None:
            if due():
                act(answers)
            answer(host, answers)

        return answered

    replace("realtime.host:Host._answer", made)


def _before_publish(n: int) -> None:
    """Authors are answered and this node's seats are told; the other nodes are not."""
    due = _Nth(n)

    def made(publish: Any) -> Any:
        records = found("realtime.backplane.messages:Records")

        def published(node: Any, channel: str, message: Any) -> None:
            if isinstance(message, records) and due():
                _die()
            publish(node, channel, message)

        return published

    replace("realtime.node:Node.publish", made)


def _before_ring(n: int) -> None:
    """A page is about to ring: who is known, and nothing of it is written."""
    due = _Nth(n)

    def made(write: Any) -> Any:
        def written(session: Any, look: Any, *more: Any, **named: Any) -> Any:
            if look.records and due():
                _die()
            return write(session, look, *more, **named)

        return written

    replace("persistence.paging.pager:write", made)


def _in_ring(n: int) -> None:
    """That a page rings is written and not committed; nobody's notice is."""
    due = _Nth(n)

    def made(append: Any) -> Any:
        def appended(*arguments: Any) -> None:
            append(*arguments)
            if due():
                _die()

        return appended

    replace("persistence.paging.look:append", made)


def _after_ring(n: int) -> None:
    """That a page rings is on record, with the notices; nobody is told, nothing is published."""
    due = _Nth(n)

    def made(messages: Any) -> Any:
        def told(spoken: Any) -> Any:
            if spoken.records and due():
                _die()
            return messages.fget(spoken)

        return property(told)

    replace("persistence.paging.pager:Spoken.messages", made)


def _alter_at_migrate(n: int) -> None:
    """The release step of a version that adds one more column to the events, the n-th of the drill."""

    async def always(database: Any) -> bool:
        return True

    def made(upgrade: Any) -> Any:
        def upgraded(connection: Any) -> None:
            upgrade(connection)
            connection.exec_driver_sql(f"ALTER TABLE event ADD COLUMN IF NOT EXISTS drill_{n} TEXT")

        return upgraded

    replace("persistence.migrate:pending", lambda _: always)
    replace("persistence.migrate:_upgrade", made)


POINTS: Final[dict[str, Patch]] = {
    "kill@before_commit": _before_commit,
    "kill@in_commit": _in_commit,
    "kill@after_commit": _after_commit,
    "kill@before_ack": _before_ack,
    "kill@before_publish": _before_publish,
    "kill@before_ring": _before_ring,
    "kill@in_ring": _in_ring,
    "kill@after_ring": _after_ring,
    "lose@ack": _lose_ack,
    "alter@migrate": _alter_at_migrate,
}


def point(name: str, count: str) -> Callable[[], None]:
    """What arms the point `name` for its `count`-th moment, the first where that is empty. Raises `ValueError`."""
    if name not in POINTS or not (count or "1").isdecimal() or not int(count or 1):
        raise ValueError
    return partial(POINTS[name], int(count or 1))
