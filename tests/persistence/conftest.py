from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence.journal import open_journal
from persistence.migrate import upgrade
from tests.persistence.counting import CountingSqlite
from tests.persistence.shop import Shop
from tests.web.databases import migrated


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[CountingSqlite]:
    """A SQLite database with its tables."""
    database = CountingSqlite(str(tmp_path / "curbside.db"))
    await upgrade(database)
    yield database
    await database.close()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop over SQLite."""
    async with migrated(tmp_path) as database:
        journal = open_journal(database)
        yield Shop(database, journal, tmp_path)
        await journal.close()
