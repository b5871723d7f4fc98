"""A real, migrated SQLite database for tests of the web."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from persistence.migrate import pending, upgrade
from persistence.sqlite import Sqlite

_made: list[bytes] = []


@asynccontextmanager
async def migrated(folder: Path) -> AsyncIterator[Sqlite]:
    """The database in `folder`, made there with nobody in it where it is missing."""
    path = folder / "curbside.db"
    if _made and not path.exists():
        path.write_bytes(_made[0])
    database = Sqlite(str(path))
    try:
        fresh = await pending(database)
        if fresh:
            await upgrade(database)
    except BaseException:
        await database.close()
        raise
    if fresh:
        # Migrated once, then copied: loading Alembic and running it takes longer than most tests.
        await database.close()
        _made.append(path.read_bytes())
        database = Sqlite(str(path))
    try:
        yield database
    finally:
        await database.close()
