"""SQLite: one writer in one thread, so that nothing in this process ever waits for its lock, and a few readers."""

import asyncio
import math
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from persistence.checkpoints import Checkpoints
from persistence.disks import Disks
from persistence.references import check_references
from persistence.threads import Threads
from realtime.errors import Unavailable

OLDEST: Final = (3, 33)  # UPDATE … FROM
READERS: Final = 2
BUSY_S: Final = 5.0
READ_S: Final = 5.0
CALL_S: Final = 10.0
WAL_BYTES: Final = 64 * 1024 * 1024
# Primary result codes that say something of the disk or of other processes, not of the statement.
AWAY: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)

T = TypeVar("T")

_reader = threading.local()


class Sqlite:
    """A database in one file. The contract stands in `persistence.database.Database`."""

    def __init__(self, path: str) -> None:
        self.path = _writable(Path(path))
        self._writer = Threads("sqlite-writer", 1)
        self._readers = Threads("sqlite-reader", READERS)
        self._writing = _engine(self._connected_to_write, 1, "BEGIN IMMEDIATE")
        self._reading = _engine(self._connected_to_read, READERS, "BEGIN")
        self._connection: sqlite3.Connection | None = None
        self._write_count = 0
        self._checkpoints = Checkpoints(self.path, self.hand_over)

    @property
    def place(self) -> str:
        """The file's path."""
        return f"SQLite at {self.path}"

    @property
    def write_count(self) -> int | None:
        return self._write_count

    async def read(self, fn: Callable[[Session], T]) -> T:
        def read() -> T:
            _reader.until = time.monotonic() + READ_S
            return _in_session(self._reading, fn)

        return await _bounded(self._readers.run(lambda: self._guarded(self._reading, read)))

    async def write(self, fn: Callable[[Session], T]) -> T:
        def write() -> T:
            return _in_session(self._writing, fn)

        result = await _bounded(self._writer.run(lambda: self._guarded(self._writing, write)))
        self._write_count += 1
        self._checkpoints.written()
        return result

    async def hand_over(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """What `fn` returns, run in the writer's thread on its bare connection, outside of any transaction."""

        def write() -> T:
            return fn(self._bare())

        result = await _bounded(self._writer.run(lambda: self._guarded(self._writing, write)))
        self._write_count += 1
        self._checkpoints.written()
        return result

    async def alter(self, fn: Callable[[Connection], None]) -> None:
        """Let `fn` change the tables, in one transaction, however long that takes.

        Raises `ValueError`, and changes nothing, where a row would then refer to one that is not there.
        """

        def alter() -> None:
            # A connection of its own: it does not look at references, and no other one may do without.
            altering = _engine(self._connected_to_alter, 1, "BEGIN IMMEDIATE")
            try:
                with altering.begin() as connection:
                    fn(connection)
                    check_references(connection)
            finally:
                altering.dispose()

        await self._writer.run(lambda: self._guarded(self._writing, alter))

    async def snapshot(self, fn: Callable[[Connection], T]) -> T:
        def snapshot() -> T:
            _reader.until = math.inf
            with self._reading.begin() as connection:
                return fn(connection)

        return await self._readers.run(lambda: self._guarded(self._reading, snapshot))

    async def disks(self) -> Disks:
        return Disks(1)

    async def close(self) -> None:
        await self._readers.close()
        await self._checkpoints.close()
        await self._writer.close()
        self._reading.dispose()
        self._writing.dispose()

    def _guarded(self, engine: Engine, run: Callable[[], T]) -> T:
        try:
            return run()
        except (sqlite3.Error, DBAPIError) as error:
            if not away(error):
                raise
            # What SQLite holds in memory of a file that failed is not to be trusted: the next call opens it anew.
            engine.dispose()
            if engine is self._writing:
                self._connection = None
            raise Unavailable() from error

    def _bare(self) -> sqlite3.Connection:
        """The writer's connection. No session is at it: they run in the one thread that calls this."""
        if self._connection is None:
            self._writing.raw_connection().close()
        assert self._connection is not None
        return self._connection

    def _connected_to_write(self) -> sqlite3.Connection:
        self._connection = _connected(self.path)
        _to_wal(self._connection)
        self._connection.execute("PRAGMA wal_autocheckpoint = 0")
        return self._connection

    def _connected_to_alter(self) -> sqlite3.Connection:
        connection = _connected(self.path)
        _to_wal(connection)
        # A table that others refer to is made anew under its name, which drops it (sqlite.org/lang_altertable.html §7).
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    def _connected_to_read(self) -> sqlite3.Connection:
        connection = _connected(self.path)
        connection.execute("PRAGMA query_only = ON")
        connection.set_progress_handler(_too_long, 100_000)
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is executed within."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        # After a full disk or an I/O error SQLite may have rolled back by itself: a ROLLBACK would then fail.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def away(error: Exception) -> bool:
    """Whether `error` comes of the disk, or of another process's lock, rather than of the statement."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return (getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF) in AWAY


def _writable(path: Path) -> Path:
    if sqlite3.sqlite_version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise ValueError(f"This Python's SQLite is {sqlite3.sqlite_version}; at least {oldest} is needed.")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"The folder {path.parent} for the database cannot be made: {error.strerror}.") from error
    if path.is_dir():
        raise ValueError(f"The database path {path} is a folder; name a file in it.")
    return path


async def _bounded(call: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(CALL_S):
            return await call
    except TimeoutError as error:
        raise Unavailable() from error


def _in_session(engine: Engine, fn: Callable[[Session], T]) -> T:
    with Session(engine, expire_on_commit=False) as session:
        result = fn(session)
        session.commit()
        return result


def _engine(connected: Callable[[], sqlite3.Connection], size: int, begin: str) -> Engine:
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    engine = create_engine(
        "sqlite://", creator=connected, poolclass=QueuePool, pool_size=size, max_overflow=0, hide_parameters=True
    )
    event.listen(engine, "begin", begun)
    return engine


def _connected(path: Path) -> sqlite3.Connection:
    # Without an isolation level Python begins no transactions of its own: deferred ones, which fail as they upgrade.
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")
    return connection


def _to_wal(connection: sqlite3.Connection) -> None:
    """Write ahead. Where two processes turn a new file to that at once, SQLite calls one busy without waiting."""
    until_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until_s:
                raise
            time.sleep(0.01)


def _too_long() -> bool:
    """Ends a read that holds its snapshot for too long: the WAL cannot shrink meanwhile."""
    return bool(time.monotonic() > _reader.until)
