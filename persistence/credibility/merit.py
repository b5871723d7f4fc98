"""Merit: a record that is better than most, since the last time that a moderator found somebody wrong."""

from collections import defaultdict
from typing import Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from persistence import tables as rooms
from persistence.credibility.reading import tallies
from persistence.credibility.tables import ScoredItem
from persistence.moderation.tables import Flag, Sanction
from realtime.rooms.credibility.shrinkage import Tally, fitted
from realtime.rooms.credibility.standing import MERIT_KINDS, has_merit

BREACHES: Final = ("danger", "identifying", "spam")
"""Flags of a post that, upheld, say something of its author. An adverse event does not."""


def merit(session: Session, person: str) -> bool:
    """Whether this person has it, in any specialty. What was said before their last breach does not count."""
    own = _since(session, person, _last_breach_at(session, person))
    return any(_stands_out(session, specialty, kind, tally) for (specialty, kind), tally in sorted(own.items()))


def _stands_out(session: Session, specialty: str, kind: str, own: Tally) -> bool:
    peers = list(tallies(session, specialty, kind).values())
    return has_merit(own, fitted(peers), peers)


def _since(session: Session, person: str, at_ms: int) -> dict[tuple[str, str], Tally]:
    row = ScoredItem
    wanted = select(row.specialty, row.kind, row.score).where(
        col(row.person) == person, col(row.kind).in_(MERIT_KINDS), col(row.at) > at_ms
    )
    scores: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for specialty, kind, score in session.exec(wanted):
        scores[specialty, kind].append(score)
    return {key: Tally(len(one), sum(one), sum(score**2 for score in one)) for key, one in scores.items()}


def _last_breach_at(session: Session, person: str) -> int:
    """When a sanction was imposed on them that stands, or a flag of a post of theirs was upheld; 0: never."""
    imposed = select(func.max(Sanction.at)).where(Sanction.person == person, col(Sanction.lifted_at).is_(None))
    post = rooms.Event
    upheld = (
        select(func.max(Flag.decided_at))
        .join(post, (col(post.room) == col(Flag.room)) & (col(post.id) == col(Flag.target)))
        .where(col(post.by) == person, Flag.decision == "upheld", col(Flag.reason).in_(BREACHES))
    )
    return max(int(session.exec(wanted).one() or 0) for wanted in (imposed, upheld))
