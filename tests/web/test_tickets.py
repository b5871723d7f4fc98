import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from persistence import tables
from persistence.sqlite import Sqlite
from tests.web.databases import migrated
from web.signin.revocations import KEPT_MS, Revocations
from web.signin.tickets import VALID_MS, Ticket, Tickets

NOW = 1_800_000_000_000
ANA = Ticket("ana", "s1", NOW + 3_600_000)


class Clock:
    def __init__(self) -> None:
        self.now_ms = NOW

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Sqlite]:
    async with migrated(tmp_path) as opened:
        yield opened


async def test_a_ticket_is_redeemed_once(database: Sqlite) -> None:
    tickets = Tickets(database, Clock())
    text, expires_at = await tickets.issue(ANA)
    assert expires_at == NOW + VALID_MS
    assert await tickets.redeem(text) == ANA
    assert await tickets.redeem(text) is None


async def test_a_ticket_redeemed_twice_at_once_counts_once(database: Sqlite) -> None:
    tickets = Tickets(database, Clock())
    text, _ = await tickets.issue(ANA)
    found = await asyncio.gather(*(tickets.redeem(text) for _ in range(20)))
    assert [ticket for ticket in found if ticket] == [ANA]


async def test_a_ticket_ends_after_30_s_and_with_its_session(database: Sqlite) -> None:
    clock = Clock()
    tickets = Tickets(database, clock)
    text, _ = await tickets.issue(ANA)
    clock.now_ms += VALID_MS
    assert await tickets.redeem(text) is None
    _, expires_at = await tickets.issue(Ticket("ana", "s1", clock.now_ms + 5))
    assert expires_at == clock.now_ms + 5


@pytest.mark.parametrize("text", ["", "x", "x" * 43, "é" * 43, "x" * 100_000])
async def test_what_was_never_issued_is_none(database: Sqlite, text: str) -> None:
    assert await Tickets(database, Clock()).redeem(text) is None


async def test_the_database_never_holds_the_ticket_itself_nor_old_ones(database: Sqlite) -> None:
    clock = Clock()
    tickets = Tickets(database, clock)
    text, _ = await tickets.issue(ANA)
    assert text.encode() not in [row.digest for row in await database.read(_tickets)]
    clock.now_ms += VALID_MS
    await tickets.issue(ANA)
    assert len(await database.read(_tickets)) == 1


async def test_a_revoked_session_is_known_here_at_once_and_elsewhere_after_a_refresh(database: Sqlite) -> None:
    here, elsewhere = Revocations(database, Clock()), Revocations(database, Clock())
    await here.end(lambda _: {"s1": NOW + 1_000})
    assert "s1" in here
    assert "s1" not in elsewhere
    assert await elsewhere.refresh() == {"s1"}
    assert "s1" in elsewhere
    assert await elsewhere.refresh() == set()


async def test_a_session_may_be_revoked_again(database: Sqlite) -> None:
    revocations = Revocations(database, Clock())
    await revocations.end(lambda _: {"s1": NOW + 1_000})
    await revocations.end(lambda _: {"s1": NOW + 1_000})
    assert await revocations.refresh() == {"s1"}


async def test_revocations_are_forgotten_a_day_after_their_sessions_would_have_ended(database: Sqlite) -> None:
    clock = Clock()
    elsewhere = Revocations(database, clock)
    await Revocations(database, clock).end(lambda _: {"s1": NOW + 1_000})
    for ahead_ms, known in ((0, True), (1_000 + KEPT_MS - 1, True), (1_000 + KEPT_MS, False)):
        clock.now_ms = NOW + ahead_ms
        await elsewhere.refresh()
        assert ("s1" in elsewhere) is known


def _tickets(session: Session) -> list[tables.Ticket]:
    return list(session.exec(select(tables.Ticket)))
