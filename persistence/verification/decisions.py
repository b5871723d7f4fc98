"""What was decided of people, by whom and why; each change of a tier is one of these."""

from typing import Final, Literal

import msgspec
from sqlmodel import Session, and_, col, not_, select

from persistence import people
from persistence.moderation.notices import notify
from persistence.people import new_id, set_tier
from persistence.verification import tables
from persistence.verification.keys import Keys
from persistence.verification.policy import Policy
from persistence.verification.wrong import Wrong
from realtime.rooms.notices import Notice
from realtime.rooms.people import DOCTORS, PHYSICIAN_TIER, Person
from realtime.rooms.wordless import wordless

Outcome = Literal["approved", "refused", "more", "earned", "lapsed", "lowered", "taken"]
"""`earned`: by evidence alone. `lapsed`: it was not renewed. `taken`: the licence turned out to be another's."""
Basis = Literal["", "document", "register", "merit", "vouches", "moderator", "operator"]
BASES: Final[tuple[Basis, ...]] = ("", "document", "register", "vouches")
"""By tier: what it rests on where evidence alone gave it."""


class Decided(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decision as its person and moderators see it. `by`: a moderator's id, `system`, `vouches` or `operator`."""

    id: str
    at: int
    by: str
    outcome: str
    tier_before: int
    tier: int
    reason: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided of somebody: the tier that they have from now on, what it rests on, by whom, and why.

    `since`: from when its term runs, Unix ms, where that is not from now on.
    """

    __repr__ = wordless

    tier: int
    basis: Basis
    outcome: Outcome
    by: str
    reason: str = ""
    request: str | None = None
    since: int | None = None


def move(session: Session, keys: Keys, policy: Policy, person: str, change: Change, now_ms: int) -> bool:
    """Note a decision, and give the person the tier that it says; whether that is another one than they had.

    Raises `Wrong` where there is no such person, or tiers are not for them.
    """
    was = held(session, person)
    if was is None or was.role not in DOCTORS:
        raise Wrong("Tiers are for clinicians and physicians.")
    _note(session, keys, person, change, was.tier, now_ms)
    if change.outcome in ("more", "refused") and change.tier == was.tier:
        return False
    set_tier(session, person, change.tier)
    _stand(session, policy, person, change, now_ms)
    return change.tier != was.tier


def held(session: Session, person: str) -> Person | None:
    """A person as they are now: nobody else moves them before this transaction ends.

    The standing first, as who lets tiers end has it first: so two never wait for each other.
    """
    session.get(tables.Verification, person, with_for_update=True, populate_existing=True)
    return people.held(session, person)


def note_verified(session: Session, keys: Keys, policy: Policy, was: Person, change: Change, now_ms: int) -> None:
    """Note that an operator has verified somebody, who has the tier already; `was` is how they were before."""
    _note(session, keys, was.id, change, was.tier, now_ms)
    _stand(session, policy, was.id, change, now_ms)


def of_person(session: Session, keys: Keys, person: str) -> list[Decided]:
    """All that was decided of this person, newest first."""
    row = tables.Decision
    wanted = select(row).where(col(row.person) == person).order_by(col(row.at).desc(), col(row.id))
    return [_decided(keys, one) for one in session.exec(wanted)]


def approved_since(session: Session, person: str, since_ms: int) -> bool:
    """Whether this person was verified (T2 or T3) at or after that time: what they had said by then was looked at."""
    row = tables.Decision
    wanted = select(row.id).where(
        col(row.person) == person,
        col(row.outcome).in_(("approved", "earned")),
        col(row.tier) >= PHYSICIAN_TIER,
        col(row.at) >= since_ms,
    )
    return session.exec(wanted).first() is not None


def apart_from_vouches(session: Session, policy: Policy, person: str, now_ms: int) -> Change:
    """What this person would have, had nobody vouched for them: the last tier that was given otherwise, and holds."""
    row = tables.Decision
    unmoved = and_(col(row.outcome).in_(("more", "refused")), col(row.tier) == col(row.tier_before))
    wanted = select(row).where(col(row.person) == person, col(row.by) != "vouches", not_(unmoved))
    last = session.exec(wanted.order_by(col(row.at).desc(), col(row.id)).limit(1)).first()
    if last is None or (policy.until(last.tier, last.at) or now_ms + 1) <= now_ms:
        return Change(tier=0, basis="", outcome="lowered", by="vouches")
    bases: dict[str, Basis] = {"operator": "operator", "system": BASES[last.tier]}
    basis = bases.get(last.by, "moderator")
    return Change(tier=last.tier, basis=basis, outcome="lowered", by="vouches", since=last.at)


def _stand(session: Session, policy: Policy, person: str, change: Change, now_ms: int) -> None:
    standing = session.get(tables.Verification, person) or tables.Verification(person=person)
    since = now_ms if change.since is None else change.since
    standing.basis, standing.until, standing.noticed_at = change.basis, policy.until(change.tier, since), None
    session.add(standing)
    session.flush()


def _decided(keys: Keys, row: tables.Decision) -> Decided:
    reason = keys.opened(row.sealed, f"decision {row.id}")
    return Decided(row.id, row.at, row.by, row.outcome, row.tier_before, row.tier, reason)


def _note(session: Session, keys: Keys, person: str, change: Change, before: int, now_ms: int) -> None:
    id = new_id()
    text = "Something was decided of your verification. Your page says what, and why."
    notify(session, [Notice(id=id, person=person, kind="verification", text=text, at=now_ms)])
    session.add(
        tables.Decision(
            id=id,
            person=person,
            request=change.request,
            at=now_ms,
            by=change.by,
            outcome=change.outcome,
            tier_before=before,
            tier=change.tier,
            sealed=keys.sealed(change.reason, f"decision {id}"),
        )
    )
