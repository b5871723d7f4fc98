"""Turns on PostgreSQL: the row of a room that several nodes write to is held by one of them, as they came."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final, TypeAlias

import asyncpg

from persistence.log import AnswerLost
from persistence.postgres import CONNECT_S, TROUBLE, away, state
from persistence.rows import records
from realtime.errors import Unavailable
from realtime.rooms.chain import Head, Record

STATEMENT_S: Final = 4.0
# SQLSTATEs that say that nothing was written: no free lock, a deadlock, cancelled, no resources.
UNWRITTEN: Final = ("55P03", "40", "57014", "53")
# Whoever waits for a row may be overtaken by one who has just let it go; for an advisory lock there is a queue. The row
# keeps away those who append without a turn; what is given of it is what it holds once it is locked.
HOLD: Final = """
    WITH queue AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended($1, 0)))
    SELECT room.seq, room.head FROM queue, room WHERE room.id = $1 FOR UPDATE OF room
"""
NEWER: Final = (
    f"SELECT {', '.join(Record.__struct_fields__)} FROM event WHERE room = $1 AND seq > $2 ORDER BY seq LIMIT 500"
)

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"


class Turns:
    """The rooms whose rows this node holds, each on a connection of its own. A turn is waited for for 1 s at most.

    A node that stands still in its turn loses it after 2 s (`idle_in_transaction_session_timeout`).
    """

    def __init__(self) -> None:
        self._held: dict[str, Connection] = {}

    def held(self, room: str) -> "Connection | None":
        """The connection in whose open transaction this node holds the room."""
        return self._held.get(room)

    @asynccontextmanager
    async def taken(self, room: str, known: Callable[[], Head], connections: Pool) -> AsyncIterator[list[Record]]:
        """Hold the room until this ends, or until what is written on its connection is committed.

        Its value is what is newer than what is `known` when it is held, a page at most. Raises `Unavailable`.
        """
        async with acquired(connections) as connection:
            try:
                with told_apart(connection):
                    await connection.execute("BEGIN")
                    now = await connection.fetchrow(HOLD, room)
                    head = known()
                    # Most of what came while others had their turns was heard of meanwhile.
                    is_news = now is not None and Head(*now) != head
                    newer = records(await connection.fetch(NEWER, room, head.seq)) if is_news else []
                self._held[room] = connection
                yield newer
            finally:
                self._held.pop(room, None)
                with suppress(*TROUBLE), bounded(connection):
                    if connection.is_in_transaction():
                        await connection.execute("ROLLBACK")


@asynccontextmanager
async def acquired(connections: Pool) -> AsyncIterator[Connection]:
    """A connection out of the pool. Raises `Unavailable`."""
    try:
        connection = await connections.acquire(timeout=CONNECT_S)
    except (*TROUBLE, ValueError) as error:
        raise Unavailable() from error
    try:
        yield connection
    finally:
        # A connection that cannot be given back in order has been cut by the pool, which opens another.
        with suppress(*TROUBLE):
            await connections.release(connection, timeout=1)


@contextmanager
def told_apart(connection: Connection) -> Iterator[None]:
    """Raise `Unavailable` where the server says that nothing was written, `AnswerLost` where that is not known."""
    try:
        with bounded(connection):
            yield
    except TROUBLE as error:
        if not away(error):
            raise
        raise (Unavailable if state(error).startswith(UNWRITTEN) else AnswerLost)() from error


@contextmanager
def bounded(connection: Connection) -> Iterator[None]:
    """End the connection where an answer takes too long.

    A commit that waits for a synchronous standby must not be cancelled: the server would let it stand without the
    standby, to be read, and so acknowledged. One whose connection is gone waits on and stays unseen.
    """
    timer = asyncio.get_running_loop().call_later(STATEMENT_S, connection.terminate)
    try:
        yield
    finally:
        timer.cancel()
