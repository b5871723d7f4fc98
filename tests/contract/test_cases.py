"""Lists of cases, over SQLite and a real PostgreSQL: SQL narrows them, `may_enter` decides."""

from collections.abc import AsyncIterator
from itertools import product

import msgspec
import pytest
from sqlmodel import Session, col, update

from persistence import tables
from persistence.cases import archived, listed, seals
from persistence.database import Database
from persistence.journal import SqlJournal, open_journal
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.rooms.card import Card, may_enter
from realtime.rooms.people import Person
from tests.builders import AT, PEOPLE, ana, ben, cleo, mo, obi
from tests.persistence.appends import opens, posts

EVERYONE = (
    *PEOPLE.values(),
    msgspec.structs.replace(ana, id="nobody_knows", institution="", network=""),
    msgspec.structs.replace(ben, id="not_verified", tier=1),
    msgspec.structs.replace(ana, id="same_network", institution="elsewhere"),
    msgspec.structs.replace(cleo, id="colleague"),
)


@pytest.fixture
async def journal(database: Sqlite | Postgres) -> AsyncIterator[SqlJournal]:
    journal = open_journal(database)
    yield journal
    await journal.close()


async def test_each_person_finds_exactly_the_cases_that_they_may_enter(journal: SqlJournal, database: Database) -> None:
    cards = await _many_cards(journal)
    newest_first = sorted(cards, key=lambda card: (card.case.opened_at, card.case.id), reverse=True)

    for person, status in product(EVERYONE, ("open", "closed", None)):
        found = await _listed(database, person, status)
        expected = [c for c in newest_first if may_enter(c, person) and status in (None, c.case.status)]
        assert [card.case.id for card in found] == [card.case.id for card in expected], (person.id, status)
        assert found == expected


async def test_pages_follow_each_other_without_holes(journal: SqlJournal, database: Database) -> None:
    await _many_cards(journal)
    every = [card.case.id for card in await _listed(database, mo, None)]

    paged: list[str] = []
    while page := await _listed(database, mo, None, paged[-1] if paged else None, limit=3):
        paged += [card.case.id for card in page]

    assert paged == every
    assert len(every) == 16


async def test_a_page_is_full_although_most_rooms_may_not_be_entered(
    journal: SqlJournal, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.cases.PAGE", 2)
    for n in range(9):
        await journal.append(opens(f"case{n}", at=AT + n, observers="live" if n % 4 == 0 else "off"))

    assert [card.case.id for card in await _listed(database, obi, "open", limit=2)] == ["case8", "case4"]
    assert [card.case.id for card in await _listed(database, obi, "open", "case4", limit=2)] == ["case0"]


async def test_the_archive_has_what_is_sealed_and_may_be_entered(journal: SqlJournal, database: Database) -> None:
    await _many_cards(journal)
    closed = await _listed(database, mo, "closed")
    sealed = closed[:4]
    for card in sealed:
        await database.write(lambda session, room=card.case.id: _seal(session, room))  # type: ignore[misc]

    for person in EVERYONE:
        found = await database.read(lambda session, who=person: archived(session, who, None, 99))  # type: ignore[misc]
        assert [card for card, _ in found] == [card for card in sealed if may_enter(card, person)]
        assert all((seal.room, seal.addendum, seal.upto) == (card.case.id, 0, 2) for card, seal in found)

    first = sealed[0].case.id
    rest = await database.read(lambda session: archived(session, mo, first, 2))
    assert [card for card, _ in rest] == sealed[1:3]
    assert [seal.addendum for seal in await database.read(lambda session: seals(session, first))] == [0, 1]
    assert await database.read(lambda session: seals(session, closed[-1].case.id)) == []


async def _many_cards(journal: SqlJournal) -> list[Card]:
    """Rooms of each reach and observers' mode, open and closed; some have guests, from some ana was removed."""
    cards = []
    for n, (reach, mode, status) in enumerate(
        product(("team", "institution", "network", "world"), ("off", "live"), ("open", "closed"))
    ):
        opening = opens(f"case{n}", (cleo, ana, ben)[n % 3], AT + n // 2, reach=reach, observers=mode)
        assert opening.card is not None
        case = msgspec.structs.replace(opening.card.case, status=status)
        invited = frozenset({"colleague", "not_verified"} if n % 5 == 0 else ())
        card = msgspec.structs.replace(
            opening.card,
            case=case,
            invited=invited,
            removed=frozenset({"ana"} if n % 7 == 0 else ()),
            closed_at=AT + n if status == "closed" else None,
        )
        await journal.append(opening)
        await journal.append(posts(f"case{n}", opening.head, "p1", card=card))
        cards.append(card)
    return cards


async def _listed(
    database: Database, person: Person, status: str | None, after: str | None = None, limit: int = 99
) -> list[Card]:
    return await database.read(lambda session: listed(session, person, status, after, limit))


def _seal(session: Session, room: str) -> None:
    session.exec(update(tables.Room).where(col(tables.Room.id) == room).values(sealed_upto=2))
    for addendum in (1, 0):
        session.add(
            tables.Archive(
                room=room,
                addendum=addendum,
                upto=2,
                root=b"r",
                key_id="k1",
                signature=b"s",
                path="p",
                sha256=b"h",
                size_bytes=1,
                events=2,
                sealed_at=AT,
            )
        )
