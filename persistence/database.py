"""One way to SQL for everything where nobody waits: functions of a session, over SQLite or PostgreSQL."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, Union

from sqlalchemy import Connection
from sqlmodel import Session

from persistence.disks import Disks
from persistence.sqlite import Sqlite

if TYPE_CHECKING:
    from persistence.postgres import Postgres

T = TypeVar("T")


class Database(Protocol):
    """Runs synchronous functions of a session, off the event loop or without blocking it; each bounded in time.

    What `fn` raises reaches the caller. Where the database is away, full or too slow, that is `Unavailable`; a write
    may then have happened or not. Rows that `fn` returns stay readable, but are not followed any longer.
    """

    @property
    def place(self) -> str:
        """Where the database is, for people; without user or password."""

    @property
    def write_count(self) -> int | None:
        """How often this process has written; None where that says nothing, as every process of many writes there."""

    async def read(self, fn: Callable[[Session], T]) -> T:
        """What `fn` returns. It must not write."""

    async def write(self, fn: Callable[[Session], T]) -> T:
        """What `fn` returns, once all that it wrote is committed; where it raises, nothing is."""

    async def disks(self) -> Disks:
        """On how many disks a commit stands before it is acknowledged, as it is now."""

    async def snapshot(self, fn: Callable[[Connection], T]) -> T:
        """What `fn` returns of one unchanging view of all tables, however long it takes. It must not write.

        Over PostgreSQL it runs on the event loop.
        """

    async def close(self) -> None:
        """Let what has begun end, then end every connection and thread."""


def open_database(url: str) -> Union[Sqlite, "Postgres"]:
    """The database at `url`: `sqlite:///path`, a plain path, or `postgresql://…`. Nothing is connected yet.

    Raises `ValueError`, in one sentence without the password, where `url` is none of these.
    """
    scheme, separator, rest = url.partition("://")
    match scheme if separator else "":
        case "" if url:
            return Sqlite(url)
        case "sqlite" if len(rest) > 1 and rest.startswith("/"):
            return Sqlite(rest[1:])
        case "postgresql" | "postgres":
            # Its driver takes a while to load, and the embedded default never needs it.
            from persistence.postgres import Postgres

            return Postgres(url)
        case _:
            raise ValueError(
                "The database URL is neither `sqlite:///path`, nor a path, nor `postgresql://user@host/name`."
            )
