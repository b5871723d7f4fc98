"""The ledger of sealed awards: `realtime.ports.Awards` over the database.

It has tables of its own. Nothing here reads or locks a row of a room, and nothing is published: an award leaves no
trace where anybody but its payer looks, until the room closes.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Protocol

from sqlmodel import Session, col, func, select

from persistence.awards.spent import case_spent, year_spent
from persistence.awards.tables import Award, AwardBudget, AwardChain, AwardCourse
from persistence.awards.terms import Terms
from persistence.database import Database
from persistence.insert import insert_new
from persistence.observers.tables import Institution
from realtime.ports import Gift
from realtime.rooms.awarding import GENESIS, NONCE_BYTES, Sealed, commitment, linked, names_any
from realtime.rooms.refusals import Refusal, Refused

Nonces = Callable[[], bytes]


class Ties(Protocol):
    """What authors have declared of their interests."""

    def __call__(self, session: Session, author: str, payer: str) -> bool:
        """Whether `author` has declared a tie to the institution `payer` that is in force."""


class SqlAwards:
    """Who awards waits for a row of their own institution and one of the ledger, never for a room's."""

    def __init__(self, database: Database, terms: Terms, ties: Ties) -> None:
        self._database = database
        self._terms = terms
        self._ties = ties
        self._nonces: Nonces = lambda: token_bytes(NONCE_BYTES)

    async def given(self, room: str, person: str, id: str) -> tuple[str, int, str] | None:
        return await self._database.read(lambda sql: _given(sql, room, person, id))

    async def give(self, gift: Gift) -> None:
        nonce = self._nonces()
        await self._database.write(lambda sql: _give(sql, gift, self._terms, self._ties, nonce))

    async def sealed(self, room: str) -> Sequence[str]:
        return await self._database.read(lambda sql: [one.hex() for one in commitments(sql, room)])


def commitments(session: Session, room: str) -> list[bytes]:
    """The commitments of a room's awards, in the order of the ledger."""
    return list(session.exec(select(Award.commitment).where(Award.room == room).order_by(col(Award.number))))


def _given(session: Session, room: str, person: str, id: str) -> tuple[str, int, str] | None:
    mine = (Award.room == room, Award.person == person, Award.id == id)
    found = session.exec(select(Award.target, Award.cents, Award.currency).where(*mine)).first()
    return None if found is None else (found[0], found[1], found[2])


def _give(session: Session, gift: Gift, terms: Terms, ties: Ties, nonce: bytes) -> None:
    # The budget first, then the chain: whoever gives takes both in this order, so that two never wait for each other.
    budget = session.get(AwardBudget, gift.payer, with_for_update=True)
    if budget is None:
        raise Refused(Refusal.NO_AWARD_BUDGET)
    before = _given(session, gift.room, gift.person, gift.id)
    if before is not None:
        if before != (gift.target, gift.cents, gift.currency):
            raise Refused(Refusal.CONFLICT)
        return
    _check(session, gift, terms, budget.year_cents)
    if gift.void is None:
        _check_merit(session, gift, ties)
    _add(session, gift, nonce)


def _check(session: Session, gift: Gift, terms: Terms, year_cents: int) -> None:
    """Only what its own payer has given counts: what others have must not show in a refusal."""
    if gift.currency != terms.currency or not terms.least_cents <= gift.cents <= terms.most_cents:
        raise Refused(Refusal.AWARD_AMOUNT, terms.bounds)
    again = (Award.room == gift.room, Award.target == gift.target, Award.payer == gift.payer)
    if session.exec(select(func.count()).select_from(Award).where(*again)).one():
        raise Refused(Refusal.AWARD_AGAIN)
    if year_spent(session, gift.payer, year_of(gift.at), gift.at) + gift.cents > year_cents:
        raise Refused(Refusal.AWARD_BUDGET)
    if case_spent(session, gift.payer, gift.room, gift.at) + gift.cents > terms.case_cents:
        raise Refused(Refusal.AWARD_CASE_CAP)


def _check_merit(session: Session, gift: Gift, ties: Ties) -> None:
    """The award is for the answer, not for the payer's product, nor for a friend (OIG Special Fraud Alert, 2020)."""
    payer = session.get(Institution, gift.payer)
    if payer is not None and names_any(gift.texts, payer.products.splitlines()):
        raise Refused(Refusal.AWARD_PRODUCT)
    if ties(session, gift.author, gift.payer):
        raise Refused(Refusal.AWARD_CONFLICT)


def _add(session: Session, gift: Gift, nonce: bytes) -> None:
    insert_new(session, AwardChain, [{"room": gift.room, "number": 0, "head": GENESIS, "looked_seq": 0}], ("room",))
    chain = session.get_one(AwardChain, gift.room, with_for_update=True)
    sealed = Sealed(
        nonce=nonce, case=gift.room, post=gift.target, cents=gift.cents, currency=gift.currency, payer=gift.payer
    )
    committed = commitment(sealed)
    chain.number, chain.head = chain.number + 1, linked(chain.head, committed)
    session.add(chain)
    session.add(
        Award(
            room=gift.room,
            number=chain.number,
            id=gift.id,
            target=gift.target,
            cents=gift.cents,
            currency=gift.currency,
            person=gift.person,
            payer=gift.payer,
            author=gift.author,
            at=gift.at,
            year=year_of(gift.at),
            nonce=nonce,
            commitment=committed,
            digest=chain.head,
        )
    )
    session.add(AwardCourse(room=gift.room, number=chain.number, void=gift.void, void_at=gift.void_at))
    session.flush()


def year_of(at_ms: int) -> int:
    """The calendar year, UTC, of a time in Unix ms."""
    return datetime.fromtimestamp(at_ms / 1_000, UTC).year


def no_ties(session: Session, author: str, payer: str) -> bool:
    """Where nobody declares interests, nobody has any that is known."""
    return False
