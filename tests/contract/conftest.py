import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copyfile
from typing import Final

import pytest

from drill.programs import postgres_programs
from drill.servers import Postgres as PostgresServer
from persistence.database import open_database
from persistence.migrate import upgrade
from persistence.postgres import Postgres
from persistence.schema import METADATA
from persistence.sqlite import Sqlite

# The same for all tests: a server that was killed syncs every file that it has before it is back.
DATABASE: Final = "curbside_contract"
MIGRATED: Final = "curbside_migrated"


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'curbside.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.database(DATABASE)


@pytest.fixture
def tables_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with its tables, and nothing in them. It was migrated once, for that takes a second."""
    if kind == "sqlite":
        return f"sqlite:///{copyfile(request.getfixturevalue('migrated_file'), tmp_path / 'curbside.db')}"
    url: str = request.getfixturevalue("migrated_url")
    _empty(url)
    return url


@pytest.fixture
async def database(tables_url: str) -> AsyncIterator[Sqlite | Postgres]:
    """The database at `tables_url`, opened."""
    database = open_database(tables_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with its tables."""
    path = tmp_path_factory.mktemp("migrated") / "curbside.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_url(postgres_server: PostgresServer) -> str:
    """A PostgreSQL database with its tables."""
    url = postgres_server.database(MIGRATED)
    asyncio.run(_migrate(url))
    return url


def _empty(url: str) -> None:
    """End what an earlier test left there, and what it wrote."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    others += " AND pid <> pg_backend_pid()"
    # Deleting from forty tables that are nearly empty is quicker than truncating them. No key is held to its parent.
    statements = [others, "SET session_replication_role = replica"]
    statements += [f'DELETE FROM "{table.name}"' for table in METADATA.sorted_tables]
    command = [str(postgres_programs() / "psql"), "--no-psqlrc", "--quiet", "--output=/dev/null", f"--dbname={url}"]
    subprocess.run([*command, f"--command={'; '.join(statements)}"], check=True)


async def _migrate(url: str) -> None:
    database = open_database(url)
    await upgrade(database)
    await database.close()
