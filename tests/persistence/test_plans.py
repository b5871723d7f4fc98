"""What is asked often, or of large tables, is found by an index: SQLite says how it would look."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from persistence import people
from persistence.channels import deliveries, own, planning
from persistence.channels.addresses import Keys
from persistence.channels.old import remove_old
from persistence.channels.own import Owner
from persistence.database import Database
from persistence.figures import making, reading
from persistence.figures.reading import Line
from persistence.figures.tables import CaseWait, WaitCell
from persistence.moderation import tables as moderation
from persistence.moderation.changes import news_after
from persistence.moderation.notices import notify
from persistence.observers import institutions
from persistence.reach import duty, interruptions, keepers
from persistence.reach.reachable import reachable
from persistence.schema import METADATA
from persistence.verification import documents, registers
from realtime.rooms.notices import Notice
from realtime.rooms.paging.matching import Wanted


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
        (lambda sql: news_after(sql, moderation.Sanction, 1), "ix_sanction_change (change>?)"),
        (lambda sql: news_after(sql, moderation.Notice, 1), "ix_notice_change (change=?)"),
        (lambda sql: interruptions.lately(sql, 1), "interruption_recent (at>?)"),
        (lambda sql: interruptions.unseen_pages(sql, 1), "notice_unseen (person=? AND seen_at=?)"),
        (lambda sql: duty.on_call(sql, ["urology"], 1), "ix_roster_shift_ends_at (ends_at>?)"),
        (lambda sql: duty.duties_of(sql, "ana", 1, 2), "ix_roster_shift_person (person=?)"),
        (lambda sql: keepers.kept_by(sql, "ana"), "ix_roster_keeper_person (person=?)"),
        (lambda sql: planning.waits(sql, 1), "ix_notice_route_at (route_at<?)"),
        (lambda sql: deliveries.waits(sql, ["c1"], {"push": 1}, 1), "delivery_due (state=? AND next_at<?)"),
        (lambda sql: remove_old(sql, 1), "ix_delivery_at (at<?)"),
        (lambda sql: making.page(sql, CaseWait, "2026-10", None), "case_wait_of_month (month=?)"),
        (lambda sql: making.page(sql, WaitCell, "2026-10", None), "wait_cell_of_month (month=?)"),
        (
            lambda sql: reading.lines(sql, Line, reading.Wanted("2026-01", "2026-12", "*", "*")),
            "wait_cell_1 (acuity=? AND specialty=? AND country=? AND month>? AND month<?)",
        ),
        (lambda sql: own.of_owner(sql, Keys(b"k" * 32), Owner(person="ben")), "(person=? AND institution=?)"),
    ],
)
async def test_it_is_found_by_an_index(database: Database, ask: Callable[[Session], Any], index: str) -> None:
    looks = await database.write(
        lambda session: [look for one in _asked(session, ask) for look in _looks(session, *one)]
    )
    assert any(index in look for look in looks), looks
    assert not any(look.startswith(f"SCAN {table}") for look in looks for table in METADATA.tables), looks


@pytest.mark.parametrize(
    "index",
    ["reach_specialty_of (specialty=?", "person_of_specialty (specialty=?)", "session_active (active_at>?)"],
)
async def test_whoever_could_be_asked_is_found_by_an_index(database: Database, index: str) -> None:
    wanted = Wanted(room="case1", specialties=("urology",), acuity="asap", reach="world")
    looks = await database.write(
        lambda session: [
            look
            for one in _asked(session, lambda sql: reachable(sql, wanted, (), 1, 4))
            for look in _looks(session, *one)
        ]
    )
    assert any(index in look for look in looks), looks
    assert not any(look.startswith(f"SCAN {table}") for look in looks for table in ("person", "session", "notice")), (
        looks
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda sql: documents.decided(sql, "rex", 1),
        lambda sql: documents.remove(sql, "rex", "d1"),
        lambda sql: documents.remove_old(sql, 1, 10),
        lambda sql: documents.given(sql, "rex"),
    ],
)
async def test_no_document_is_read_to_be_listed_or_removed(database: Database, ask: Callable[[Session], Any]) -> None:
    asked = await database.write(lambda session: _asked(session, ask))
    assert asked and not any("sealed" in statement for statement, _ in asked)


async def test_a_notice_that_many_flags_would_make_is_sent_to_the_database_once(database: Database) -> None:
    same = [Notice(id="n1", person="mo", kind="moderation", text="A post was flagged.", at=1) for _ in range(500)]
    asked = await database.write(lambda session: _asked(session, lambda sql: notify(sql, same)))
    assert [parameters.count("n1") for _, parameters in asked] == [1]


def _asked(session: Session, ask: Callable[[Session], Any]) -> list[tuple[str, Any]]:
    """What `ask` asks the database for."""
    asked: list[tuple[str, Any]] = []
    connection = session.connection()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    ask(session)
    event.remove(connection, "before_cursor_execute", note)
    return asked


def _looks(session: Session, statement: str, parameters: Any) -> list[str]:
    """How SQLite would look for it."""
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row[3] for row in plan]
