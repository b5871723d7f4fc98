from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex

import pytest

from persistence.database import open_database
from persistence.migrate import upgrade
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from tests import servers


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'curbside.db'}"
    server: servers.Postgres = request.getfixturevalue("postgres_server")
    return server.database(f"test_{token_hex(4)}")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Sqlite | Postgres]:
    """A database of each kind, with its tables."""
    database = open_database(database_url)
    await upgrade(database)
    yield database
    await database.close()
