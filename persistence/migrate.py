"""Bring a database's tables to this version, and tell cheaply whether they are there already."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, Union

from sqlalchemy import Connection, inspect, text
from sqlmodel import Session

from persistence.sqlite import Sqlite

if TYPE_CHECKING:
    from alembic.config import Config

    from persistence.postgres import Postgres

# The newest file of migrations/versions, so that a start whose tables are up to date need not load Alembic.
HEAD: Final = "0022"
MIGRATIONS: Final = Path(__file__).parent / "migrations"
# Any number will do, as long as nothing else of ours locks it.
_LOCK: Final = 0x0C0B51DE


async def pending(database: Union[Sqlite, "Postgres"]) -> bool:
    """Whether the tables are older than this version, or not there. Raises `ValueError` where they are newer."""
    revision = await database.read(_revision)
    if revision is not None and revision > HEAD:
        raise ValueError(
            f"{database.place} is of a newer version of Curbside ({revision}); this one knows {HEAD}: run the newer "
            "one, or set CURBSIDE_DATABASE_URL."
        )
    return revision != HEAD


async def upgrade(database: Union[Sqlite, "Postgres"]) -> None:
    """Apply all migrations that the database lacks, in one transaction; processes that do so at once take turns."""
    await database.alter(_upgrade)


def _revision(session: Session) -> str | None:
    connection = session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _upgrade(connection: Connection) -> None:
    # Alembic takes as long to load as all the rest of a start, and is needed only here.
    from alembic import command

    if connection.dialect.name == "postgresql":
        _take_turn(connection)
    command.upgrade(alembic_config(connection), "head")


def _take_turn(connection: Connection) -> None:
    """Wait for whoever upgrades already, longer than for tables that somebody uses."""
    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def alembic_config(connection: Connection) -> "Config":
    """What Alembic is told: where the migrations are, and the connection to run them on."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
