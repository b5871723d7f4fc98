"""A real, migrated SQLite database for tests of the web."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from persistence.database import open_database
from persistence.migrate import upgrade
from persistence.sqlite import Sqlite


@asynccontextmanager
async def migrated(folder: Path) -> AsyncIterator[Sqlite]:
    """An empty database in `folder`."""
    database = open_database(f"sqlite:///{folder / 'curbside.db'}")
    assert isinstance(database, Sqlite)
    try:
        await upgrade(database)
        yield database
    finally:
        await database.close()
