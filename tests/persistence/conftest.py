from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence.migrate import upgrade
from tests.persistence.counting import CountingSqlite


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[CountingSqlite]:
    """A SQLite database with its tables."""
    database = CountingSqlite(str(tmp_path / "curbside.db"))
    await upgrade(database)
    yield database
    await database.close()
