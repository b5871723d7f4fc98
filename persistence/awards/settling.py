"""The worker's chore of awards: once a room has closed, what becomes of each, and who is told of it."""

from collections.abc import Callable, Collection
from functools import partial
from hashlib import blake2b
from typing import Final

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from persistence import tables as log
from persistence.awards.ended import Ended, ended
from persistence.awards.ledger import Ties
from persistence.awards.payout import paid_cents
from persistence.awards.tables import COURSE, Award, AwardChain, AwardCourse
from persistence.awards.terms import Terms
from persistence.database import Database
from persistence.each_room import EachRoom
from persistence.logbook import events
from persistence.moderation.notices import notify
from realtime.ports import Journal
from realtime.rooms.awarding import Void
from realtime.rooms.notices import Notice

AT_ONCE: Final = 50

REVEALED: Final = "A case that you helped with is over, and you were given an award."


class Settling(EachRoom[str]):
    """Looks at each closed room that has awards whenever its log has grown: outcomes may come long after the close.

    Also at one with an award that nobody has looked at: its giver's node may have been slow, and the room quicker.
    """

    failed = "has awards that are not settled"

    def __init__(
        self, database: Database, journal: Journal, now_ms: Callable[[], int], terms: Terms, ties: Ties
    ) -> None:
        super().__init__(database, journal)
        self._now_ms = now_ms
        self._terms = terms
        self._ties = ties

    async def _waiting(self, but: Collection[str]) -> list[str]:
        return await self._database.read(lambda sql: _waiting(sql, but))

    async def _look_at(self, one: str) -> None:
        found = ended([event async for event in events(self._journal, one)])
        assert found is not None, "it is listed as closed"
        now_ms = self._now_ms()
        await self._database.write(partial(settle, found=found, terms=self._terms, ties=self._ties, now_ms=now_ms))


def settle(session: Session, found: Ended, terms: Terms, ties: Ties, now_ms: int) -> None:
    """Note what became of the awards of a room, and tell their authors once.

    Nothing is noted where somebody who had read more of the log was quicker: an outcome may have come in between.
    """
    chain = session.get_one(AwardChain, found.room.card.case.id, with_for_update=True)
    if found.room.seq < chain.looked_seq:
        return
    awards = session.exec(select(Award).where(Award.room == chain.room).order_by(col(Award.number))).all()
    _hold(session, {award.author for award in awards})
    for award in awards:
        # Locked: what an export or an answer has just written of it stands.
        course = session.get_one(AwardCourse, (award.room, award.number), with_for_update=True)
        if course.export is None:
            _follow(session, award, course, _void(session, found, award, terms, ties), found, terms, now_ms)
    chain.looked_seq, chain.told_at = found.room.seq, found.told_at
    session.add(chain)


def _hold(session: Session, authors: Collection[str]) -> None:
    """Of two who settle rooms of one author the second waits: it is to see what the first counts for the year.

    In one order, so that two never wait for each other. Who only refers to these people does not wait.
    """
    person = log.Person
    wanted = select(person.id).where(col(person.id).in_(authors)).order_by(col(person.id))
    session.exec(wanted.with_for_update(key_share=True)).all()


def _follow(
    session: Session,
    award: Award,
    course: AwardCourse,
    why: Void | None,
    found: Ended,
    terms: Terms,
    now_ms: int,
) -> None:
    """What an outcome refutes, a later one may take back; nothing else that is void is valid again."""
    if course.void in (None, "refuted"):
        course.void = why
        course.void_at = None if why is None else course.void_at or max(now_ms, found.told_at)
    if course.revealed_at is None:
        course.revealed_at = found.closed_at
        course.paid_cents = paid_cents(award.cents, _country(session, award.author), terms.policy)
        if course.void is None:
            notify(session, [_notice(award, now_ms)])
    course.payable_at = (course.payable_at or now_ms) if found.outcome and course.void is None else None
    session.add(course)
    session.flush()


def _void(session: Session, found: Ended, award: Award, terms: Terms, ties: Ties) -> Void | None:
    why = found.void(award.commitment.hex(), award.target)
    if why is not None:
        return why
    if ties(session, award.author, award.payer):
        return "conflict"
    return "cap" if _had(session, award) + award.cents > terms.author_cents else None


def _had(session: Session, award: Award) -> int:
    """What else an author got in the year of this award, from whomever: its cents."""
    course = AwardCourse
    wanted = select(func.coalesce(func.sum(Award.cents), 0)).join(course, COURSE)
    mine = (Award.author == award.author, Award.year == award.year)
    valid = (col(course.void).is_(None), col(course.revealed_at).is_not(None))
    other = (col(Award.room) != award.room) | (col(Award.number) < award.number)
    return int(session.exec(wanted.where(*mine, *valid, other)).one())


def _country(session: Session, person: str) -> str:
    row = session.get(log.Person, person)
    return row.country if row is not None else ""


def _waiting(session: Session, but: Collection[str]) -> list[str]:
    room, chain, course = log.Room, AwardChain, AwardCourse
    unseen = select(course.number).where(col(course.room) == col(chain.room), col(course.revealed_at).is_(None))
    waits = or_(col(room.seq) > col(chain.looked_seq), unseen.exists())
    wanted = select(chain.room).join(room, col(room.id) == col(chain.room)).where(col(room.status) == "closed", waits)
    return list(session.exec(wanted.where(col(chain.room).not_in(but)).limit(AT_ONCE)))


def _notice(award: Award, now_ms: int) -> Notice:
    """One of each case, however many awards there are in it. No clinical content, and no sum."""
    id_ = blake2b(f"award\0{award.room}".encode(), digest_size=16).hexdigest()
    return Notice(id=id_, person=award.author, kind="award", room=award.room, text=REVEALED, at=now_ms)
