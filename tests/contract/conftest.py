from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from drill.servers import Postgres as PostgresServer
from persistence.database import open_database
from persistence.migrate import upgrade
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite

# The same for all tests: a server that was killed syncs every file that it has before it is back.
DATABASE: Final = "curbside_contract"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'curbside.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.database(DATABASE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Sqlite | Postgres]:
    """A database of each kind, with its tables."""
    database = open_database(database_url)
    await upgrade(database)
    yield database
    await database.close()
