"""What is asked often, or of large tables, is found by an index: SQLite says how it would look."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from persistence import people
from persistence.database import Database
from persistence.moderation.changes import news_after
from persistence.moderation.tables import Notice, Sanction
from persistence.observers import institutions
from persistence.schema import METADATA
from persistence.verification import registers


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (people.moderators, "person_of_role (role=?)"),
        (lambda sql: institutions.observers(sql, "corp"), "person_of_role (role=? AND institution=?)"),
        (lambda sql: registers.next_batch(sql, "NO", "hpr"), "register_entry_of_batch (country=? AND roll=?)"),
        (
            lambda sql: registers.remove_older(sql, "NO", "hpr", 2, 10),
            "register_entry_of_batch (country=? AND roll=? AND batch<?)",
        ),
        (lambda sql: news_after(sql, Sanction, 1), "ix_sanction_change (change>?)"),
        (lambda sql: news_after(sql, Notice, 1), "ix_notice_change (change=?)"),
    ],
)
async def test_it_is_found_by_an_index(database: Database, ask: Callable[[Session], Any], index: str) -> None:
    looks = await database.write(lambda session: _looks(session, ask))
    assert any(index in look for look in looks), looks
    assert not any(look.startswith(f"SCAN {table}") for look in looks for table in METADATA.tables), looks


def _looks(session: Session, ask: Callable[[Session], Any]) -> list[str]:
    """How SQLite would look for each thing that `ask` asks for."""
    asked: list[tuple[str, Any]] = []
    connection = session.connection()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    ask(session)
    event.remove(connection, "before_cursor_execute", note)
    plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", parameters) for one, parameters in asked]
    return [row[3] for plan in plans for row in plan]
