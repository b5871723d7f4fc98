"""Inserting what may be there already, in both dialects' words."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Insert those of `rows` whose `key` is not there yet; the others change nothing."""
    if rows:
        wish = _insert(session, table).on_conflict_do_nothing(index_elements=list(key))
        session.connection().execute(wish, list(rows))


def insert_or_replace(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]], key: Sequence[str]
) -> None:
    """Insert `rows`; one whose `key` is there takes the place of what is."""
    if rows:
        wish = _insert(session, table)
        changes = {name: wish.excluded[name] for name in rows[0] if name not in key}
        wish = wish.on_conflict_do_update(index_elements=list(key), set_=changes)
        session.connection().execute(wish, list(rows))


def _insert(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    return insert(table)
