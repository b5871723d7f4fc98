"""Appends to PostgreSQL: a batch is one data-modifying statement, autocommitted; no lock outlives a round trip."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg

from persistence.gather import Gather
from persistence.journal_postgres_sql import SKIPPING, WAITING, arguments
from persistence.postgres import CONNECT_S, Postgres
from persistence.refused import refused
from persistence.turns_postgres import Connection, Pool, Turns, acquired, told_apart
from realtime.errors import Conflict
from realtime.ports import Append
from realtime.rooms.chain import Head, Record

POOL: Final = 8
TURNS: Final = 4
CONTENDED: Final = 10_000
SETTINGS: Final = {
    "application_name": "curbside journal",
    "synchronous_commit": "on",
    "lock_timeout": "200ms",
    "statement_timeout": "3s",
    "idle_in_transaction_session_timeout": "2s",
    "jit": "off",
}
# A turn comes after those of all nodes that asked before; one of them may have hundreds of events to write in its own.
TURN_SETTINGS: Final = {**SETTINGS, "lock_timeout": "1s"}


class PostgresLog:
    """The append path over PostgreSQL: `persistence.log.Log`.

    A batch skips rooms that another has locked: they have lost. The next append to a room that lost goes alone and
    waits for the room's lock: it gets its turn, and holds up nobody. Within a `turn` it writes where the lock is held.
    """

    def __init__(self, database: Postgres) -> None:
        self._appending = _Pool(database.url, POOL, SETTINGS)
        self._turning = _Pool(database.url, TURNS, TURN_SETTINGS)
        self._turns = Turns()
        self._appends: Gather[Append, None] = Gather(self._commit)
        self._contended: dict[str, None] = {}

    async def append(self, wish: Append) -> None:
        if (connection := self._turns.held(wish.room)) is not None:
            await self._write_in_turn(connection, wish)
            self._contended.pop(wish.room, None)
            return
        run = self._alone if wish.room in self._contended else self._appends
        try:
            await run(wish)
        except Conflict:
            self._contended[wish.room] = None
            if len(self._contended) > CONTENDED:
                del self._contended[next(iter(self._contended))]
            raise
        self._contended.pop(wish.room, None)

    @asynccontextmanager
    async def turn(self, room: str, known: Callable[[], Head]) -> AsyncIterator[Sequence[Record]]:
        async with self._turns.taken(room, known, await self._turning.opened()) as newer:
            yield newer

    async def close(self) -> None:
        await self._appends.close()
        await self._appending.close()
        await self._turning.close()

    async def _commit(self, wishes: list[Append]) -> Sequence[Exception | None]:
        outcomes: dict[int, Exception | None] = {}
        for chains in _rounds(wishes):
            outcomes |= await self._together(wishes, chains)
        return [outcomes[n] for n in range(len(wishes))]

    async def _together(self, wishes: Sequence[Append], chains: "list[list[int]]") -> dict[int, Exception | None]:
        members = [n for chain in chains for n in chain]
        try:
            won = await self._write(SKIPPING, [_joined([wishes[n] for n in chain]) for chain in chains])
        except Exception as error:
            if not refused(error):
                return dict.fromkeys(members, error)
            return {n: await self._outcome(wishes[n]) for n in members}
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
        async with acquired(await self._appending.opened()) as connection:
            with told_apart(connection):
                return {row[0] for row in await connection.fetch(statement, *arguments(wishes))}

    async def _write_in_turn(self, connection: Connection, wish: Append) -> None:
        """Write on the connection that holds the room, and let go of it. Raises `Conflict`."""
        with told_apart(connection):
            try:
                won = await connection.fetch(WAITING, *arguments([wish]))
            except asyncpg.UniqueViolationError:
                raise Conflict() from None
            if not won:
                raise Conflict()
            await connection.execute("COMMIT")


class _Pool:
    """Connections with the journal's settings, opened when they are first needed."""

    def __init__(self, url: str, size: int, settings: dict[str, str]) -> None:
        self._url = url
        self._size = size
        self._settings = settings
        self._connections: Pool | None = None

    async def opened(self) -> Pool:
        if self._connections is None:
            self._connections = asyncpg.create_pool(
                self._url,
                min_size=0,
                max_size=self._size,
                reset=_as_it_is,
                timeout=CONNECT_S,
                server_settings=self._settings,
                record_class=asyncpg.Record,
            )
        return await self._connections

    async def close(self) -> None:
        if self._connections is not None:
            await self._connections.close()


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
