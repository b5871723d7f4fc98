"""What is known of two people before one agrees with the other: their house, their vouches, and how often they did."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from persistence import tables as accounts
from persistence.moderation.tables import Endorsement
from persistence.verification.tables import Vouch
from realtime.rooms.credibility.independence import Tie, independence

Pair = tuple[str, str]


def ties(session: Session, person: str) -> dict[str, Tie]:
    """By peer, of all who ever agreed with `person`, in cases that were sealed."""
    row = Endorsement
    mine = session.execute(select(row).where(or_(col(row.author) == person, col(row.by) == person))).scalars()
    edges = {(one.by, one.author): one for one in mine}
    peers = sorted(by for by, author in edges if author == person and by != person)
    houses = _houses(session, [person, *peers])
    vouched = _vouched(session, person)
    given, received, total = sums(session, [person, *peers])

    def expected(by: str, author: str) -> float:
        return given.get(by, 0) * received.get(author, 0) / total if total else 0.0

    def tie(peer: str) -> Tie:
        there, back = edges[peer, person], edges.get((person, peer))
        return Tie(
            same_institution=bool(houses.get(peer)) and houses.get(peer) == houses.get(person),
            vouched=peer in vouched,
            rooms=(there.rooms, back.rooms if back else 0),
            posts=(there.posts, back.posts if back else 0),
            expected=(expected(peer, person), expected(person, peer)),
        )

    return {peer: tie(peer) for peer in peers}


def independent_peers(session: Session, person: str) -> int:
    """How many have agreed with `person` who share no house with them, no vouch, and no habit of agreeing."""
    return sum(independence(tie) >= 1.0 for tie in ties(session, person).values())


def _houses(session: Session, people: Collection[str]) -> Mapping[str, str]:
    who = accounts.Person
    return dict(session.exec(select(who.id, who.institution).where(col(who.id).in_(people))).all())


def _vouched(session: Session, person: str) -> set[str]:
    """Who answers for them, and for whom they do."""
    row = Vouch
    wanted = select(row.voucher, row.vouched).where(
        or_(col(row.voucher) == person, col(row.vouched) == person), col(row.revoked_at).is_(None)
    )
    return {one for pair in session.exec(wanted) for one in pair} - {person}


def sums(session: Session, people: Collection[str]) -> tuple[dict[str, int], dict[str, int], int]:
    """With how many posts each agreed, with how many of theirs others did, and all of them."""
    posts = func.sum(col(Endorsement.posts))
    by, author = col(Endorsement.by), col(Endorsement.author)
    given = {who: int(n) for who, n in session.execute(select(by, posts).where(by.in_(people)).group_by(by))}
    received = session.execute(select(author, posts).where(author.in_(people)).group_by(author))
    total = session.execute(select(posts)).scalar_one()
    return given, {who: int(n) for who, n in received}, int(total or 0)
