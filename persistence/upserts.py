"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy has for each of them apart."""

from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

_INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(session: Session, table: Table) -> Any:
    """An INSERT into `table` that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    return _INSERTS[session.connection().dialect.name](table)
