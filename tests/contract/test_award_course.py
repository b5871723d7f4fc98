"""What becomes of awards once their room has closed, over SQLite and a real PostgreSQL."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import select

from persistence import people
from persistence.awards import answering
from persistence.awards.answering import Answer, Choice, Unanswerable
from persistence.awards.budgets import set_budget
from persistence.awards.ended import Ended, ended
from persistence.awards.exports import Document, export_of, export_payable, exports_of, payees
from persistence.awards.ledger import SqlAwards
from persistence.awards.open_payments import report
from persistence.awards.reading import Given, Received, given, received
from persistence.awards.recipients import Recipient
from persistence.awards.settling import Settling, settle
from persistence.awards.spent import year_spent
from persistence.awards.tables import AwardChain
from persistence.awards.terms import Terms
from persistence.awards.watch import ENOUGH, MANY, ONE, Counts, counts, tell
from persistence.database import Database
from persistence.journal import open_journal
from persistence.moderation.tables import Notice
from persistence.postgres import Postgres
from persistence.seal import SealKey
from persistence.sqlite import Sqlite
from realtime.rooms.commands import Close, Observers, Outcome, Post, Retract
from realtime.rooms.events import AwardsRevealed, Event, RevealedAward
from realtime.rooms.fold import replay
from tests.agreed import agreed
from tests.awarding import no_ties
from tests.builders import AT, PEOPLE, ROOM, Seat, ana, ask, ben, cleo, happened, obi, opening, said
from tests.contract.side_by_side import side_by_side
from tests.contract.test_awards import gift
from tests.persistence.shop import Shop

CLOSED_AT: Final = AT + 10_000
LATER: Final = CLOSED_AT + 1_000_000
SEPTEMBER_2026: Final = 1_788_000_000_000
TERMS: Final = Terms(author_cents=4_000)


@pytest.fixture
async def awards(database: Database) -> SqlAwards:
    """The ledger, everybody, and a budget."""
    await agreed(database)
    others = [person for person in PEOPLE.values() if person.id != obi.id]
    await database.write(lambda sql: people.add_many(sql, others, AT))
    await database.write(lambda sql: set_budget(sql, obi.institution, 100_000, "mo", AT))
    return SqlAwards(database, Terms(), no_ties)


async def log(awards: SqlAwards, *steps: Any, reveal: bool = True) -> list[Event]:
    """A room in which ben posted `e2` and ana `e3`, then these steps; it closes, and reveals what there is."""
    events = [opening()]
    room = after_all(events)
    for person, command in (
        (ben, ask(Post, text="Adrenaline first.")),
        (ana, ask(Post, text="And a line.")),
        *steps,
        (cleo, ask(Close, disposition="Home", summary="Well.")),
    ):
        events += happened(room, Seat(person), command)
        room = after_all(events)
        if isinstance(command, Close) and reveal:
            sealed = [RevealedAward(one) for one in await awards.sealed(ROOM)]
            events.append(said(room, AwardsRevealed(awards=sealed)))
            room = after_all(events)
    return events


def after_all(events: Sequence[Event]) -> Any:
    return replay(events)


def with_outcome(events: list[Event], **parts: Any) -> list[Event]:
    outcome = ask(Outcome, verdict="confirmed", **parts)
    return events + happened(after_all(events), Seat(cleo), outcome)


def found(events: Sequence[Event]) -> Ended:
    one = ended(events)
    assert one is not None
    return one


async def settled(database: Database, events: Sequence[Event], ties: Any = no_ties, terms: Terms = TERMS) -> None:
    await database.write(
        partial(settle, found=found(events), terms=terms, ties=ties, now_ms=found(events).closed_at + 500)
    )


async def theirs(database: Database, person: str = "ben") -> list[Received]:
    return await database.read(lambda sql: received(sql, person))


async def payers(database: Database, now_ms: int = LATER) -> list[Given]:
    return await database.read(lambda sql: given(sql, obi.institution, now_ms))


async def answered(database: Database, number: int = 1, person: str = "ben", **said_: Any) -> None:
    wish = Answer(**{"answer": "accept"} | said_)
    await database.write(lambda sql: answering.answer(sql, person, ROOM, number, wish, LATER))


def test_an_open_room_has_not_ended() -> None:
    assert ended([opening()]) is None


async def test_until_it_is_settled_an_award_is_sealed_for_all(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    (one,) = await payers(database)
    assert (one.state, one.void, one.cents) == ("sealed", None, 1_000)
    assert await theirs(database) == []


async def test_at_the_close_author_and_payer_know_and_the_author_is_told_once(
    database: Database, awards: SqlAwards
) -> None:
    await awards.give(gift(target="e2"))
    await awards.give(gift(id="a2", target="e3", author="ana"))
    events = await log(awards)
    for _ in range(2):
        await settled(database, events)
    (own,) = await theirs(database)
    assert (own.state, own.cents, own.target, own.kind, own.payer) == ("revealed", 1_000, "e2", "pharma", None)
    assert {one.state for one in await payers(database)} == {"revealed"}
    notices = await database.read(lambda sql: sql.exec(select(Notice)).all())
    assert sorted((one.person, one.kind, one.room) for one in notices) == [
        ("ana", "award", ROOM),
        ("ben", "award", ROOM),
    ]
    assert not any("10" in one.text for one in notices)


async def test_a_payer_whose_copy_is_behind_is_told_when_it_shows_the_close(
    database: Database, awards: SqlAwards
) -> None:
    await awards.give(gift(target="e2"))
    events = await log(awards, (cleo, ask(Observers, mode="delayed", delay_s=60)))
    await settled(database, events)
    told_at = found(events).told_at
    assert told_at == found(events).closed_at + 60_000
    assert [(await payers(database, at))[0].state for at in (told_at - 1, told_at)] == ["sealed", "revealed"]


async def test_what_came_while_the_room_closed_is_void(database: Database, awards: SqlAwards) -> None:
    events = await log(awards)
    await awards.give(gift(target="e2"))
    await settled(database, events)
    (own,) = await theirs(database)
    assert (own.state, own.void) == ("void", "closed")


async def test_what_comes_after_a_closed_room_was_looked_at_is_void_too(
    database: Sqlite | Postgres, awards: SqlAwards, tmp_path: Path
) -> None:
    journal = open_journal(database)
    settling = Settling(database, journal, lambda: LATER, TERMS, no_ties)
    room = await Shop(database, journal, tmp_path).closed_room(ROOM)
    for one in ("a1", "a2"):
        await awards.give(gift(room=room, id=one, target=one))
        await settling.step()
        assert {award.void for award in await theirs(database)} == {"closed"}
    assert await database.read(lambda sql: year_spent(sql, obi.institution, 2027, LATER)) == 0
    await journal.close()


async def test_what_was_taken_back_is_void(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    await settled(database, await log(awards, (ben, ask(Retract, target="e2", reason="Wrong."))))
    assert [one.void for one in await theirs(database)] == ["retracted"]


async def test_an_outcome_refutes_and_a_later_one_takes_it_back(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    events = await log(awards)
    await settled(database, with_outcome(events, contradicts=["e2"]))
    assert [one.void for one in await theirs(database)] == ["refuted"]
    await settled(database, with_outcome(with_outcome(events, contradicts=["e2"]), supports=["e2"]))
    assert [one.void for one in await theirs(database)] == [None]


async def test_who_has_read_less_of_the_log_undoes_nothing(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    supported = with_outcome(await log(awards), supports=["e2"])
    refuted = with_outcome(supported, contradicts=["e2"])
    for read in (refuted, supported):
        await settled(database, read)
    assert [one.void for one in await theirs(database)] == ["refuted"]
    chain = await database.read(lambda sql: sql.get_one(AwardChain, ROOM))
    assert chain.looked_seq == found(refuted).room.seq


async def test_a_tie_that_is_declared_later_makes_it_void(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    await settled(database, await log(awards), ties=lambda sql, author, payer: author == "ben")
    assert [one.void for one in await theirs(database)] == ["conflict"]


async def test_an_author_gets_so_much_in_a_year_from_all_payers(database: Database, awards: SqlAwards) -> None:
    eve = msgspec.structs.replace(obi, id="eve", handle="eve_labs", institution="labs")
    await agreed(database, (eve,), name="labs")
    await database.write(lambda sql: set_budget(sql, "labs", 100_000, "mo", AT))
    await awards.give(gift(target="e2", cents=2_500))
    await awards.give(gift(id="b1", target="e2", cents=2_000, person="eve", payer="labs"))
    await awards.give(gift(id="b2", target="e9", cents=1_500, person="eve", payer="labs"))
    await settled(database, await log(awards))
    assert [(one.number, one.void) for one in await theirs(database)] == [(1, None), (2, "cap"), (3, None)]


async def test_two_rooms_that_are_settled_at_once_count_for_one_year(
    database: Sqlite | Postgres, awards: SqlAwards
) -> None:
    if not isinstance(database, Postgres):
        return  # one write at a time
    cases = []
    for room in (ROOM, "case2"):
        await awards.give(gift(room=room, target="e2", cents=2_500))
        (sealed,) = await awards.sealed(room)
        ended_ = msgspec.structs.replace(found(await log(awards)), revealed=frozenset([sealed]))
        case = msgspec.structs.replace(ended_.room.card.case, id=room)
        card = msgspec.structs.replace(ended_.room.card, case=case)
        cases.append(msgspec.structs.replace(ended_, room=msgspec.structs.replace(ended_.room, card=card)))
    await side_by_side(
        database, *(partial(settle, found=one, terms=TERMS, ties=no_ties, now_ms=LATER) for one in cases)
    )
    assert sorted(str(one.void) for one in await theirs(database)) == ["None", "cap"]


async def test_nobody_takes_an_award_of_another_or_one_that_is_sealed(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    for person in ("ben", "ana"):
        with pytest.raises(Unanswerable):
            await answered(database, person=person)
    await settled(database, await log(awards))
    with pytest.raises(Unanswerable):
        await answered(database, person="ana")
    await answered(database)


async def test_blind_and_by_name_are_never_mixed_up(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    await settled(database, await log(awards))

    async def named() -> str:
        return await database.write(lambda sql: answering.named(sql, "ben", ROOM, 1, LATER))

    with pytest.raises(Unanswerable):
        await answered(database, way="identified", payer="corp")
    assert await named() == "corp"
    for wrong in ({"way": "blind"}, {"way": "identified"}, {"way": "identified", "payer": "labs"}):
        with pytest.raises(Unanswerable):
            await answered(database, 1, "ben", **wrong)
    await answered(database, way="identified", payer="corp", form="charity")
    (own,) = await theirs(database)
    assert (own.state, own.way, own.form, own.payer) == ("accepted", "identified", "charity", "corp")


async def test_who_took_it_blind_does_not_learn_who_pays(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    await settled(database, await log(awards))
    await answered(database)
    with pytest.raises(Unanswerable):
        await database.write(lambda sql: answering.named(sql, "ben", ROOM, 1, LATER))


async def test_a_choice_stands_and_accepts_nothing(database: Database, awards: SqlAwards) -> None:
    assert await database.read(lambda sql: answering.choice_of(sql, "ben")) == Choice("blind", "cash")
    for form in ("cme", "charity"):
        await database.write(partial(answering.choose, person="ben", choice=Choice("identified", form), now_ms=AT))
    assert await database.read(lambda sql: answering.choice_of(sql, "ben")) == Choice("identified", "charity")
    await awards.give(gift(target="e2"))
    await settled(database, await log(awards))
    assert [(one.state, one.way) for one in await theirs(database)] == [("revealed", None)]


KEY: Final = SealKey(Ed25519PrivateKey.generate())
BEN: Final = Recipient(family="Otieno", given="Ben", country="US", npi="1234567893")


async def exported(database: Database, now_ms: int = LATER) -> int:
    return await database.write(lambda sql: export_payable(sql, TERMS, lambda session, person: BEN, KEY, now_ms))


async def document(database: Database, number: int = 1) -> Document:
    row = await database.read(lambda sql: export_of(sql, obi.institution, number))
    assert row is not None
    Ed25519PublicKey.from_public_bytes(KEY.public).verify(row.signature, row.document)
    return msgspec.json.decode(row.document, type=Document)


async def taken(database: Database, awards: SqlAwards, *, outcome: bool = True) -> None:
    """Ben takes his by name, ana hers blind, as a gift."""
    await awards.give(gift(target="e2", cents=2_500))
    await awards.give(gift(id="a2", target="e3", author="ana"))
    events = await log(awards)
    await settled(database, with_outcome(events) if outcome else events)
    await database.write(lambda sql: answering.named(sql, "ben", ROOM, 1, LATER))
    await answered(database, way="identified", payer="corp")
    await answered(database, 2, "ana", form="charity")


async def test_what_is_to_be_paid_leaves_once_signed_and_names_nobody_blind(
    database: Database, awards: SqlAwards
) -> None:
    await taken(database, awards)
    assert [await exported(database) for _ in range(2)] == [1, 0]
    found_ = await document(database)
    by_name, blind = found_.awards
    assert (by_name.recipient, by_name.paid_cents, by_name.cents) == (BEN, 2_500, 2_500)
    assert (blind.recipient, blind.paid_cents, blind.form) == (None, None, "charity")
    # Ana lives where prices are higher: the default pays more there, never less.
    assert (found_.blind.count, found_.blind.paid_cents, found_.total_cents) == (1, 1_100, 3_600)
    assert [one.number for one in await database.read(lambda sql: exports_of(sql, obi.institution))] == [1]
    assert await database.read(lambda sql: export_of(sql, "labs", 1)) is None
    paid = await database.read(lambda sql: payees(sql, obi.institution, 1))
    assert [(one.person, one.paid_cents) for one in paid] == [("ben", 2_500), ("ana", 1_100)]
    told = await database.read(lambda sql: sql.exec(select(Notice).where(Notice.person == obi.id)).all())
    assert [one.kind for one in told] == ["award"]


async def test_without_an_outcome_or_an_answer_nothing_is_paid(database: Database, awards: SqlAwards) -> None:
    await taken(database, awards, outcome=False)
    assert await exported(database) == 0


async def test_what_was_declined_is_not_paid_and_counts_no_more(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2"))
    await settled(database, with_outcome(await log(awards)))
    await answered(database, answer="decline")
    assert await exported(database) == 0
    assert [one.state for one in await payers(database)] == ["declined"]


async def test_what_has_left_is_neither_answered_nor_void_any_more(database: Database, awards: SqlAwards) -> None:
    await taken(database, awards)
    await exported(database)
    with pytest.raises(Unanswerable):
        await answered(database, answer="decline")
    await settled(database, with_outcome(await log(awards), contradicts=["e2", "e3"]))
    assert {one.state for one in await payers(database)} == {"exported"}


async def test_what_leaves_while_an_outcome_refutes_it_is_paid_and_not_void(
    database: Sqlite | Postgres, awards: SqlAwards
) -> None:
    if not isinstance(database, Postgres):
        return  # one write at a time
    await taken(database, awards)
    refuted = found(with_outcome(await log(awards), contradicts=["e2", "e3"]))
    await side_by_side(
        database,
        partial(export_payable, terms=TERMS, known=lambda session, person: BEN, key=KEY, now_ms=LATER),
        partial(settle, found=refuted, terms=TERMS, ties=no_ties, now_ms=LATER),
    )
    assert [(one.state, one.void) for one in await payers(database)] == [("exported", None)] * 2
    assert await database.read(lambda sql: year_spent(sql, obi.institution, 2027, LATER)) == 3_500


async def test_open_payments_have_those_by_name_whom_the_thresholds_let_through(
    database: Database, awards: SqlAwards
) -> None:
    await taken(database, awards)
    await exported(database, SEPTEMBER_2026)
    head, line = (await database.read(lambda sql: report(sql, obi.institution, 2026))).splitlines()
    assert head.startswith("Program_Year,")
    assert line.startswith("2026,corp,1234567893,Otieno,Ben,") and ",25.00,08/29/2026,1," in line
    assert (await database.read(lambda sql: report(sql, "labs", 2026))).count("\n") == 1
    with pytest.raises(ValueError, match="2027"):
        await database.read(lambda sql: report(sql, obi.institution, 2027))


async def test_a_small_payment_is_left_out_until_the_year_comes_to_more(database: Database, awards: SqlAwards) -> None:
    await awards.give(gift(target="e2", cents=1_000))
    await settled(database, with_outcome(await log(awards)))
    await database.write(lambda sql: answering.named(sql, "ben", ROOM, 1, LATER))
    await answered(database, way="identified", payer="corp")
    await exported(database, SEPTEMBER_2026)
    assert (await database.read(lambda sql: report(sql, obi.institution, 2026))).count("\n") == 1


@pytest.mark.parametrize(
    ("posts", "awards", "told"),
    [
        (10_000, {"corp": ENOUGH, "labs": ENOUGH}, []),
        (100, {"corp": 1}, []),
        (100, {"corp": 10, "labs": 10}, [MANY]),
        (10_000, {"corp": 15, "labs": 5}, [ONE]),
        (100, {"corp": ENOUGH}, [MANY, ONE]),
    ],
)
def test_too_many_and_all_from_one_are_noticed(posts: int, awards: dict[str, int], told: list[str]) -> None:
    assert list(Counts(posts, awards).alarms) == told


async def test_only_what_was_revealed_is_counted_and_moderators_are_told_once(
    database: Database, awards: SqlAwards
) -> None:
    for n in range(ENOUGH):
        await awards.give(gift(id=f"a{n}", target="e2" if n == 0 else f"x{n}", cents=500))

    async def told() -> list[str]:
        await database.write(lambda sql: tell(sql, LATER))
        return [
            one.text
            for one in await database.read(lambda sql: sql.exec(select(Notice).where(Notice.person == "mo")).all())
        ]

    assert await told() == []
    await settled(database, await log(awards), terms=Terms())
    assert (await database.read(lambda sql: counts(sql, LATER))).awards == {"corp": ENOUGH}
    for _ in range(2):
        assert sorted(await told()) == sorted([MANY, ONE])
