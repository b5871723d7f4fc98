"""The ledger of sealed awards, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from sqlmodel import Session, col, select

from persistence.awards.budgets import set_budget
from persistence.awards.ledger import SqlAwards, no_ties
from persistence.awards.spent import year_spent
from persistence.awards.tables import Award, AwardChain, AwardCourse
from persistence.awards.terms import Terms
from persistence.database import Database
from realtime.ports import Gift
from realtime.rooms.awarding import Sealed, chain_head, commitment
from realtime.rooms.refusals import Refusal, Refused
from tests.agreed import agreed
from tests.builders import AT, ROOM, obi

TERMS = Terms(case_cents=4_000)
YEAR_CENTS = 6_000


def gift(**parts: Any) -> Gift:
    """An award of obi's institution to ben."""
    given: dict[str, Any] = {
        "room": ROOM,
        "id": "a1",
        "target": "p1",
        "cents": 1_000,
        "currency": "USD",
        "person": obi.id,
        "payer": obi.institution,
        "author": "ben",
        "texts": ["Adrenaline first."],
        "at": AT,
    }
    return Gift(**given | parts)


@pytest.fixture
async def awards(database: Database) -> SqlAwards:
    """The ledger, where obi's institution has a budget and cleo a tie to it."""
    await agreed(database)
    await database.write(lambda sql: set_budget(sql, obi.institution, YEAR_CENTS, "mo", AT))
    return SqlAwards(database, TERMS, lambda sql, author, payer: author == "cleo" and payer == obi.institution)


async def rows(database: Database) -> Sequence[Award]:
    return await database.read(lambda sql: sql.exec(select(Award).order_by(col(Award.room), col(Award.number))).all())


async def refusal(awards: SqlAwards, wish: Gift) -> Refusal:
    with pytest.raises(Refused) as refused:
        await awards.give(wish)
    return refused.value.refusal


async def test_an_award_is_committed_to_and_chained(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift())
    await awards.give(gift(id="a2", target="p2", author="ana"))
    await awards.give(gift(id="a3", room="case2"))
    first, second, other = await rows(database)
    assert [(one.room, one.number) for one in (first, second, other)] == [(ROOM, 1), (ROOM, 2), ("case2", 1)]
    for one in (first, second, other):
        sealed = Sealed(
            nonce=one.nonce, case=one.room, post=one.target, cents=one.cents, currency="USD", payer=one.payer
        )
        assert one.commitment == commitment(sealed)
    assert (first.digest, second.digest) == (
        chain_head([first.commitment]),
        chain_head([first.commitment, second.commitment]),
    )
    assert len({first.nonce, second.nonce, other.nonce}) == 3
    assert await awards.sealed(ROOM) == [first.commitment.hex(), second.commitment.hex()]
    chain = await database.read(lambda sql: sql.get_one(AwardChain, ROOM))
    assert (chain.number, chain.head) == (2, second.digest)


async def test_a_repeat_is_one_award_and_another_content_is_a_conflict(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift())
    await awards.give(gift())
    assert await awards.given(ROOM, obi.id, "a1") == ("p1", 1_000, "USD")
    assert await awards.given(ROOM, "eve", "a1") is None
    for other in ({"target": "p2"}, {"cents": 1_500}):
        assert await refusal(awards, gift(**other)) is Refusal.CONFLICT
    assert len(await rows(database)) == 1


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"payer": "nobody"}, Refusal.NO_AWARD_BUDGET),
        ({"cents": 499}, Refusal.AWARD_AMOUNT),
        ({"cents": 2_501}, Refusal.AWARD_AMOUNT),
        ({"currency": "EUR"}, Refusal.AWARD_AMOUNT),
        ({"texts": ["Take ANTIVENIN now."]}, Refusal.AWARD_PRODUCT),
        ({"author": "cleo"}, Refusal.AWARD_CONFLICT),
    ],
)
async def test_what_may_not_be_awarded_leaves_nothing(
    database: Database, awards: SqlAwards, parts: dict[str, Any], why: Refusal
) -> None:
    assert await refusal(awards, gift(**parts)) is why
    assert not await rows(database)
    assert await awards.sealed(ROOM) == []


async def test_a_product_is_named_by_whole_words_only(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(texts=["Antivenins differ."]))
    assert len(await rows(database)) == 1


async def test_a_post_is_awarded_once_by_a_payer(awards: SqlAwards) -> None:
    await awards.give(gift())
    assert await refusal(awards, gift(id="a2")) is Refusal.AWARD_AGAIN


async def test_a_case_and_a_year_have_their_bounds(awards: SqlAwards) -> None:
    await awards.give(gift(cents=2_500))
    assert await refusal(awards, gift(id="a2", target="p2", cents=1_501)) is Refusal.AWARD_CASE_CAP
    await awards.give(gift(id="a2", target="p2", cents=1_500))
    await awards.give(gift(id="a3", room="case2", cents=2_000))
    assert await refusal(awards, gift(id="a4", room="case3", cents=500)) is Refusal.AWARD_BUDGET
    next_year = AT + 366 * 86_400_000
    await awards.give(gift(id="a4", room="case3", cents=500, at=next_year))


async def test_what_others_award_shows_in_no_refusal(database: Database, awards: SqlAwards) -> None:
    eve = msgspec.structs.replace(obi, id="eve", handle="eve_corp", institution="labs")
    await agreed(database, (eve,), name="labs")
    await database.write(lambda sql: set_budget(sql, "labs", 2_500, "mo", AT))
    for n in range(2):
        await awards.give(gift(id=f"a{n}", target=f"p{n}", cents=2_000))
    await awards.give(gift(person="eve", payer="labs", cents=2_500))


async def test_what_is_void_counts_until_its_payer_is_told(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(void="closed", void_at=AT + 60_000))

    def spent(at: int) -> Any:
        return database.read(lambda sql: year_spent(sql, obi.institution, 2027, at))

    assert (await spent(AT), await spent(AT + 59_999), await spent(AT + 60_000)) == (1_000, 1_000, 0)
    course = await database.read(lambda sql: sql.get_one(AwardCourse, (ROOM, 1)))
    assert course.void == "closed"


async def test_of_many_that_come_at_once_none_takes_anothers_place(database: Database, awards: SqlAwards) -> None:
    await asyncio.gather(*(awards.give(gift(id=f"a{n}", target=f"p{n}", cents=500)) for n in range(8)))
    found = await rows(database)
    assert [one.number for one in found] == list(range(1, 9))
    assert found[-1].digest == chain_head([one.commitment for one in found])


async def test_a_budget_is_not_overdrawn_by_two_at_once(database: Database, awards: SqlAwards) -> None:
    wishes = [gift(id=f"a{n}", room=f"case{n}", cents=2_500) for n in range(4)]
    results = await asyncio.gather(*map(awards.give, wishes), return_exceptions=True)
    refused = [one.refusal for one in results if isinstance(one, Refused)]
    assert refused == [Refusal.AWARD_BUDGET] * 2


def test_where_nobody_declares_nobody_has_a_tie() -> None:
    assert not no_ties(Session(), "ana", obi.institution)
