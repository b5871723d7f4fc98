"""Answering for others: who did, for whom, until when. Both sides see it."""

import msgspec
from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from persistence import tables as accounts
from persistence.moderation.tables import Sanction
from persistence.people import find
from persistence.verification import tables
from persistence.verification.wrong import Wrong
from realtime.rooms.people import DOCTORS
from realtime.rooms.tiers import HIGHEST, VOUCHERS_NEEDED, may_vouch


class Vouched(msgspec.Struct, frozen=True, omit_defaults=True):
    """One vouch, as either side sees it: `person` is the other one. `revoked_at`: Unix ms."""

    person: str
    handle: str
    at: int
    revoked_at: int | None = None


def vouch(session: Session, voucher: str, vouched: str, now_ms: int) -> None:
    """`voucher` answers for `vouched` from now on. Raises `Wrong`, in a sentence, where they may not."""
    peer, other = find(session, voucher), find(session, vouched)
    if peer is None or not may_vouch(peer):
        raise Wrong("Only physicians at T3 answer for others.")
    if other is None or other.role not in DOCTORS or voucher == vouched:
        raise Wrong("You answer for another clinician or physician only.")
    if vouched in {one.person for one in for_person(session, voucher) if one.revoked_at is None}:
        raise Wrong("They answer for you. You cannot answer for them too: ask another colleague.")
    session.merge(tables.Vouch(voucher=voucher, vouched=vouched, at=now_ms, revoked_at=None))
    session.flush()


def revoke(session: Session, voucher: str, vouched: str, now_ms: int) -> bool:
    """`voucher` no longer answers for `vouched`; whether they did."""
    row = session.get(tables.Vouch, (voucher, vouched))
    if row is None or row.revoked_at is not None:
        return False
    row.revoked_at = now_ms
    session.add(row)
    session.flush()
    return True


def standing(session: Session, person: str) -> int:
    """How many answer for this person who may, as they are now."""
    row, peer = tables.Vouch, accounts.Person
    wanted = (
        select(func.count())
        .select_from(row)
        .join(peer, col(peer.id) == col(row.voucher))
        .where(col(row.vouched) == person, col(row.revoked_at).is_(None))
        .where(col(peer.role) == "physician", col(peer.tier) == HIGHEST)
    )
    return session.exec(wanted).one()


def refused(session: Session, voucher: str) -> int:
    """Of how many for whom they answered a moderator thought otherwise: refused, another's licence, or banned."""
    row, decided, banned = tables.Vouch, tables.Decision, Sanction
    doubted = select(decided.person).where(col(decided.outcome).in_(("refused", "taken")))
    out = select(banned.person).where(col(banned.kind) == "ban", col(banned.lifted_at).is_(None))
    wanted = select(func.count(func.distinct(row.vouched))).where(
        col(row.voucher) == voucher, or_(col(row.vouched).in_(doubted), col(row.vouched).in_(out))
    )
    return session.exec(wanted).one()


def forsaken(session: Session, most: int) -> list[str]:
    """At most so many whose tier rests on vouches of which too few stand: taken back, or of who is T3 no longer."""
    row, peer, stands = tables.Vouch, accounts.Person, tables.Verification
    count = (
        select(func.count())
        .select_from(row)
        .join(peer, col(peer.id) == col(row.voucher))
        .where(col(row.vouched) == col(stands.person), col(row.revoked_at).is_(None))
        .where(col(peer.role) == "physician", col(peer.tier) == HIGHEST)
        .correlate(stands)
        .scalar_subquery()
    )
    wanted = select(stands.person).where(col(stands.basis) == "vouches", count < VOUCHERS_NEEDED).limit(most)
    return list(session.exec(wanted))


def for_person(session: Session, person: str) -> list[Vouched]:
    """Who answers, or answered, for this person."""
    row, peer = tables.Vouch, accounts.Person
    wanted = select(row, peer).join(peer, col(peer.id) == col(row.voucher)).where(col(row.vouched) == person)
    return [Vouched(who.id, who.handle, one.at, one.revoked_at) for one, who in session.exec(wanted)]


def by_person(session: Session, person: str) -> list[Vouched]:
    """For whom this person answers, or answered."""
    row, peer = tables.Vouch, accounts.Person
    wanted = select(row, peer).join(peer, col(peer.id) == col(row.vouched)).where(col(row.voucher) == person)
    return [Vouched(who.id, who.handle, one.at, one.revoked_at) for one, who in session.exec(wanted)]
