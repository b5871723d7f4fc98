import asyncio
import logging
from itertools import count

import pytest
from sqlmodel import Session, col, select

from persistence.audit.log import MOST_WAITING, AuditLog
from persistence.audit.tables import Audit
from tests.persistence.counting import CountingSqlite


@pytest.fixture
def audit(database: CountingSqlite) -> AuditLog:
    return AuditLog(database, count(1).__next__)


async def test_lines_are_written_in_order_and_in_few_batches(audit: AuditLog, database: CountingSqlite) -> None:
    writes = database.writes
    for n in range(50):
        audit.note("join", "ana", f"case{n}", "contribute")

    await audit.close()

    lines = await database.read(_lines)
    assert [line.room for line in lines] == [f"case{n}" for n in range(50)]
    assert (lines[0].at, lines[0].person, lines[0].act, lines[0].detail) == (1, "ana", "join", "contribute")
    assert database.writes - writes <= 2


async def test_four_thousand_joins_are_twenty_inserts(audit: AuditLog, database: CountingSqlite) -> None:
    writes = database.writes
    for n in range(4_000):
        audit.note("join", f"observer{n}", "case1", "observe, advice shown", where="192.0.2.1")

    await audit.close()

    assert database.writes - writes == 20
    assert len(await database.read(_lines)) == 4_000


async def test_lines_are_written_without_a_close(audit: AuditLog, database: CountingSqlite) -> None:
    audit.note("sign_in", "ana")

    async with asyncio.timeout(5):
        while not await database.read(_lines):
            pass

    await audit.close()
    assert len(await database.read(_lines)) == 1


async def test_while_the_database_is_away_lines_wait(
    audit: AuditLog, database: CountingSqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.audit.log.RETRY_S", 0.01)
    database.away, writes = True, database.writes
    audit.note("sign_in", "ana")
    async with asyncio.timeout(5):
        while database.writes < writes + 2:
            await database.asked.wait()
            database.asked.clear()
    audit.note("sign_out", "ana")
    database.away = False

    await audit.close()

    assert [line.act for line in await database.read(_lines)] == ["sign_in", "sign_out"]


async def test_a_close_while_lines_are_being_written_writes_each_once(
    audit: AuditLog, database: CountingSqlite
) -> None:
    writes = database.writes
    audit.note("sign_in", "ana")
    database.asked.clear()
    await database.asked.wait()
    assert database.writes == writes + 1
    audit.note("sign_out", "ana")

    await audit.close()

    assert [line.act for line in await database.read(_lines)] == ["sign_in", "sign_out"]


async def test_of_too_many_lines_the_newest_wait_and_the_rest_is_counted(
    audit: AuditLog, database: CountingSqlite
) -> None:
    for n in range(MOST_WAITING + 7):
        audit.note("join", "ana", f"case{n}")

    await audit.close()

    said, *lines = await database.read(_lines)
    assert (audit.lost, len(lines), lines[0].room) == (7, MOST_WAITING, "case7")
    assert (said.act, said.person, said.detail, said.outcome) == ("lines_lost", "system", "7", "failed")


async def test_a_close_while_the_database_is_away_says_how_many_lines_are_lost(
    audit: AuditLog, database: CountingSqlite, caplog: pytest.LogCaptureFixture
) -> None:
    database.away = True
    audit.note("sign_in", "ana")

    with caplog.at_level(logging.ERROR):
        await audit.close()

    assert "1 audit lines could not be written" in caplog.text
    assert "ana" not in caplog.text


def _lines(session: Session) -> list[Audit]:
    return list(session.exec(select(Audit).order_by(col(Audit.chain), col(Audit.number))))
