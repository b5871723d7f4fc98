"""Appends to PostgreSQL: a batch is one data-modifying statement, autocommitted; no lock outlives a round trip."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import asyncpg

from persistence.gather import Gather
from persistence.journal_postgres_sql import SKIPPING, WAITING, arguments
from persistence.log import AnswerLost
from persistence.postgres import CONNECT_S, Postgres, away, state
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append

POOL: Final = 8
STATEMENT_S: Final = 4.0
CONTENDED: Final = 10_000
SETTINGS: Final = {
    "application_name": "curbside journal",
    "synchronous_commit": "on",
    "lock_timeout": "200ms",
    "statement_timeout": "3s",
    "idle_in_transaction_session_timeout": "2s",
    "jit": "off",
}
# SQLSTATEs that say that nothing was written: no free lock, a deadlock, cancelled, no resources.
UNWRITTEN: Final = ("55P03", "40", "57014", "53")


class PostgresLog:
    """The append path over PostgreSQL: `persistence.log.Log`.

    A batch skips rooms that another has locked: they have lost. The next append to a room that lost goes alone and
    waits for the room's lock: it gets its turn, and holds up nobody.
    """

    def __init__(self, database: Postgres) -> None:
        self._url = database.url
        self._connections: asyncpg.Pool[asyncpg.Record] | None = None
        self._appends: Gather[Append, None] = Gather(self._commit)
        self._contended: dict[str, None] = {}

    async def append(self, wish: Append) -> None:
        run = self._alone if wish.room in self._contended else self._appends
        try:
            await run(wish)
        except Conflict:
            self._contended[wish.room] = None
            if len(self._contended) > CONTENDED:
                del self._contended[next(iter(self._contended))]
            raise
        self._contended.pop(wish.room, None)

    async def close(self) -> None:
        await self._appends.close()
        if self._connections is not None:
            await self._connections.close()

    async def _commit(self, wishes: list[Append]) -> Sequence[Exception | None]:
        outcomes: dict[int, Exception | None] = {}
        for chains in _rounds(wishes):
            outcomes |= await self._together(wishes, chains)
        return [outcomes[n] for n in range(len(wishes))]

    async def _together(self, wishes: Sequence[Append], chains: "list[list[int]]") -> dict[int, Exception | None]:
        members = [n for chain in chains for n in chain]
        try:
            won = await self._write(SKIPPING, [_joined([wishes[n] for n in chain]) for chain in chains])
        except asyncpg.UniqueViolationError:
            return {n: await self._outcome(wishes[n]) for n in members}
        except Exception as error:
            return dict.fromkeys(members, error)
        return {n: None if wishes[n].room in won else Conflict() for n in members}

    async def _outcome(self, wish: Append) -> Exception | None:
        try:
            await self._alone(wish)
        except Exception as error:
            return error
        return None

    async def _alone(self, wish: Append) -> None:
        try:
            won = await self._write(WAITING, [wish])
        except asyncpg.UniqueViolationError:
            raise Conflict() from None
        if wish.room not in won:
            raise Conflict()

    async def _write(self, statement: str, wishes: Sequence[Append]) -> set[str]:
        """Commit what wins and return its rooms; the others are untouched. A room stands at most once in `wishes`."""
        connections = await self._opened()
        try:
            connection = await connections.acquire(timeout=CONNECT_S)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
            raise Unavailable() from error
        # A commit that waits for a synchronous standby must not be cancelled: the server would let it stand without
        # the standby, to be read, and so acknowledged. One whose connection is gone waits on and stays unseen.
        timer = asyncio.get_running_loop().call_later(STATEMENT_S, connection.terminate)
        try:
            return {row[0] for row in await connection.fetch(statement, *arguments(wishes))}
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            if not away(error):
                raise
            raise (Unavailable if state(error).startswith(UNWRITTEN) else AnswerLost)() from error
        finally:
            timer.cancel()
            # A connection that cannot be given back in order has been cut by the pool, which opens another.
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await connections.release(connection, timeout=1)

    async def _opened(self) -> "asyncpg.Pool[asyncpg.Record]":
        if self._connections is None:
            self._connections = asyncpg.create_pool(
                self._url,
                min_size=0,
                max_size=POOL,
                reset=_as_it_is,
                timeout=CONNECT_S,
                server_settings=SETTINGS,
                record_class=asyncpg.Record,
            )
        return await self._connections


async def _as_it_is(_: Any) -> None:
    """Nothing is ever set on these connections, so nothing has to be reset: that would be a round trip per append."""


def _rounds(wishes: Sequence[Append]) -> list[list[list[int]]]:
    """Chains of numbers of `wishes`; those of one chain continue each other. A room has one chain in each round."""
    rounds: list[list[list[int]]] = []
    newest: dict[str, tuple[int, list[int]]] = {}
    for n, wish in enumerate(wishes):
        depth, chain = newest.get(wish.room, (-1, []))
        if chain and wishes[chain[-1]].head == wish.after:
            chain.append(n)
            continue
        newest[wish.room] = (depth + 1, [n])
        if depth + 1 == len(rounds):
            rounds.append([])
        rounds[depth + 1].append(newest[wish.room][1])
    return rounds


def _joined(chain: Sequence[Append]) -> Append:
    """One append that does what all of `chain` do."""
    if len(chain) == 1:
        return chain[0]
    cards = [wish.card for wish in chain if wish.card is not None]
    every = [record for wish in chain for record in wish.records]
    return Append(chain[0].room, chain[0].after, every, cards[-1] if cards else None)
