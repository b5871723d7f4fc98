"""PostgreSQL through asyncpg: how it is reached, what it is told of time, and which of its errors mean "away"."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

import asyncpg
from sqlalchemy import Connection, NullPool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from persistence.disks import Disks
from persistence.postgres_disks import disks
from realtime.errors import Unavailable

CONNECT_S: Final = 5.0
STATEMENT_S: Final = 5.0
CALL_S: Final = 8.0
POOL: Final = 4
SETTINGS: Final = {
    "application_name": "curbside",
    "synchronous_commit": "on",
    "statement_timeout": f"{STATEMENT_S:.0f}s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "5s",
}
ALTER_SETTINGS: Final = {
    "application_name": "curbside migrate",
    "synchronous_commit": "on",
    "statement_timeout": "0",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "0",
}
# What asyncpg raises of a server or a line. The third comes where a line is used between its end and our knowing of it.
TROUBLE: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
# Classes of SQLSTATE, and single ones, that a later try may not meet again: connection, resources, the operator,
# the system; a lock that was not free, a deadlock, a server that has become a read-only standby.
AWAY: Final = ("08", "53", "57", "58", "55P03", "40", "25P03", "25006", "XX")

T = TypeVar("T")


class Postgres:
    """A database on a PostgreSQL server. The contract stands in `persistence.database.Database`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._place = _place(url)
        self._engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=self._connect,
            pool_size=POOL,
            max_overflow=POOL,
            pool_timeout=CONNECT_S,
            pool_pre_ping=True,
            hide_parameters=True,
        )

    @property
    def place(self) -> str:
        """Host, port and name of the database."""
        return self._place

    @property
    def write_count(self) -> int | None:
        return None

    async def read(self, fn: Callable[[Session], T]) -> T:
        return await self._run(fn, commit=False)

    async def write(self, fn: Callable[[Session], T]) -> T:
        return await self._run(fn, commit=True)

    async def alter(self, fn: Callable[[Connection], None]) -> None:
        """Let `fn` change the tables, in one transaction, however long that takes; for a lock it waits 2 s at most."""
        with self._guarded():
            async with self._without_limits().begin() as connection:
                await connection.run_sync(fn)

    async def snapshot(self, fn: Callable[[Connection], T]) -> T:
        with self._guarded():
            async with self._without_limits().connect() as connection:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                async with connection.begin():
                    return await connection.run_sync(fn)

    async def disks(self) -> Disks:
        return await self.read(disks)

    async def close(self) -> None:
        await self._engine.dispose()

    async def _run(self, fn: Callable[[Session], T], *, commit: bool) -> T:
        with self._guarded():
            async with asyncio.timeout(CALL_S), AsyncSession(self._engine, expire_on_commit=False) as session:
                result = await session.run_sync(cast("Callable[[Any], T]", fn))
                if commit:
                    await session.commit()
                return result

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeout, *TROUBLE) as error:
            if not away(error):
                raise
            raise Unavailable() from error

    def _without_limits(self) -> AsyncEngine:
        """For what takes its time, in a connection of its own."""
        return create_async_engine(
            "postgresql+asyncpg://", async_creator=self._connect_to_alter, poolclass=NullPool, hide_parameters=True
        )

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await _connect(self.url, SETTINGS, STATEMENT_S)

    async def _connect_to_alter(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await _connect(self.url, ALTER_SETTINGS, None)


async def _connect(
    url: str, settings: dict[str, str], statement_s: float | None
) -> "asyncpg.Connection[asyncpg.Record]":
    try:
        return await asyncpg.connect(url, timeout=CONNECT_S, command_timeout=statement_s, server_settings=settings)
    except (asyncpg.ClientConfigurationError, ValueError):
        # Not a word of the error itself: it may quote a part of the URL, and so of the password.
        raise ValueError(f"The URL of {_place(url)} is not one that PostgreSQL takes.") from None
    except asyncpg.PostgresError as error:
        if away(error):
            raise
        raise ValueError(
            f"{_place(url)} refuses the URL's user, password, database or settings: put CURBSIDE_DATABASE_URL "
            "right, or make what is missing there."
        ) from error


def state(error: Exception) -> str:
    """The SQLSTATE of `error`, five characters, or empty where the server never answered."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(origin, "sqlstate", None) or "")


def away(error: Exception) -> bool:
    """Whether `error` says that the server is away, full, slow or starting, rather than that a statement is wrong."""
    if isinstance(error, OSError | PoolTimeout | asyncpg.InterfaceError | asyncpg.InternalClientError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    known = state(error)
    return known.startswith(AWAY) if known else isinstance(error, DBAPIError)


def _place(url: str) -> str:
    try:
        parts = urlsplit(url)
        # A password that should have been quoted may have become any of the other parts.
        if parts.fragment or "@" in parts.path + parts.query:
            raise ValueError
        return f"PostgreSQL at {parts.hostname or 'the default host'}:{parts.port or 5432}{parts.path}"
    except ValueError:
        raise ValueError(
            "The database URL cannot be read: percent-encode the special characters in its password."
        ) from None
