"""What a moderator decides of a request: its rules, and all that follows from it, in one transaction."""

from typing import Literal

import msgspec
from sqlmodel import Session, col, select

from persistence.verification import codes, documents, identities, tables
from persistence.verification.decisions import Change, held, move
from persistence.verification.keys import Keys
from persistence.verification.policy import Policy
from persistence.verification.wrong import Wrong
from realtime.rooms.people import Person
from realtime.rooms.wordless import wordless

Wish = Literal["approve", "refuse", "more"]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """`tier`: with `approve` the one they get, with `refuse` a lower one, or None to leave what they have."""

    __repr__ = wordless

    decision: Wish
    tier: int | None = None
    reason: str


def judge(
    session: Session, keys: Keys, policy: Policy, request: str, by: str, judgement: Judgement, now_ms: int
) -> list[str]:
    """Decide of a request; whose tier has changed. Raises `Wrong`, in a sentence, where it cannot be."""
    row = session.exec(select(tables.Request).where(col(tables.Request.id) == request).with_for_update()).first()
    if row is None or row.state != "open":
        raise Wrong("This request does not wait any longer: somebody has decided it, or it was replaced.")
    who = held(session, row.person)
    assert who is not None, "a request has a person"
    _check(session, row, who, by, judgement)
    row.state = "asked" if judgement.decision == "more" else "decided"
    session.add(row)
    changed = _approved(session, keys, policy, row, by, now_ms) if judgement.decision == "approve" else []
    if move(session, keys, policy, who.id, _change(row, who, by, judgement), now_ms):
        changed.append(who.id)
    if judgement.decision != "more":
        documents.decided(session, who.id, policy.removed_at(now_ms))
    return changed


def _check(session: Session, row: tables.Request, who: Person, by: str, judgement: Judgement) -> None:
    if who.id == by:
        raise Wrong("Nobody decides of themselves. Leave this one to another moderator.")
    if not judgement.reason.strip():
        raise Wrong("Give the reason: the person is shown it.")
    if judgement.decision == "approve" and judgement.tier not in (1, 2, 3):
        raise Wrong("Say to which tier you approve: 1, 2 or 3.")
    if judgement.decision == "refuse" and judgement.tier is not None and judgement.tier > who.tier:
        raise Wrong("A refusal does not raise a tier. Give a lower one, or none.")
    first = session.get(tables.Decision, row.about) if row.about else None
    if first is not None and first.by == by:
        raise Wrong("This appeal is against your own decision. Another moderator decides it.")


def _approved(session: Session, keys: Keys, policy: Policy, row: tables.Request, by: str, now_ms: int) -> list[str]:
    """Who is approved is who they say they are: their address counts, and the licence is theirs, whoever had it."""
    codes.confirm(session, row.person, now_ms)
    former = identities.hand_over(session, keys, row.person, now_ms)
    if former is None:
        return []
    taken = Change(tier=0, basis="", outcome="taken", by=by, request=row.id)
    return [former] if move(session, keys, policy, former, taken, now_ms) else []


def _change(row: tables.Request, who: Person, by: str, judgement: Judgement) -> Change:
    tier = who.tier if judgement.tier is None or judgement.decision == "more" else judgement.tier
    outcomes = {"approve": "approved", "refuse": "refused", "more": "more"}
    return msgspec.convert(
        {
            "tier": tier,
            "basis": "moderator",
            "outcome": outcomes[judgement.decision],
            "by": by,
            "reason": judgement.reason.strip(),
            "request": row.id,
        },
        Change,
    )
