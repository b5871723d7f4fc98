"""Tiers end unless they are renewed: people are told before, and lowered after, with a request in the queue."""

import msgspec
from sqlmodel import Session, col, select

from persistence.moderation.notices import notify
from persistence.people import find, new_id
from persistence.verification import documents, identities, tables, vouches
from persistence.verification.decisions import Change, move
from persistence.verification.keys import Keys
from persistence.verification.policy import DAY_MS, Policy
from persistence.verification.requests import reconsider, resting_on_merit, submit
from realtime.rooms.notices import Notice
from realtime.rooms.people import DOCTORS

AT_ONCE = 100


class Due(msgspec.Struct, frozen=True):
    """Somebody whose tier ends at `until` (Unix ms), and their address, where they gave one."""

    person: str
    until: int
    email: str


def lapse(session: Session, keys: Keys, policy: Policy, now_ms: int) -> list[str]:
    """Lower at most a hundred people whose tier has ended; who they are. As many documents that are to be gone go too.

    A verified physician falls to T1, and from there to T0: what was seen of them is old, not wrong.
    """
    documents.remove_old(session, now_ms, AT_ONCE)
    row = tables.Verification
    wanted = select(row).where(col(row.until) <= now_ms).order_by(col(row.until)).limit(AT_ONCE)
    lapsed = []
    for standing in session.exec(wanted.with_for_update(skip_locked=True)).all():
        standing.until = None
        session.add(standing)
        if _lower(session, keys, policy, standing.person, now_ms):
            lapsed.append(standing.person)
    return lapsed


def forsaken(session: Session, keys: Keys, policy: Policy, now_ms: int) -> list[str]:
    """Lower at most a hundred people whose vouchers have fallen, or took it back as a process ended; who they are."""
    found = vouches.forsaken(session, AT_ONCE)
    return [person for person in found if reconsider(session, keys, policy, person, now_ms)]


def without_merit(session: Session, keys: Keys, policy: Policy, now_ms: int) -> list[str]:
    """Lower those whose tier rests on merit that they have no longer, after a breach above all; who they are."""
    found = resting_on_merit(session)
    return [person for person in found if reconsider(session, keys, policy, person, now_ms)]


def to_tell(session: Session, keys: Keys, policy: Policy, now_ms: int) -> list[Due]:
    """At most a hundred people whose tier ends soon and who were not told so yet; from now on they count as told."""
    row = tables.Verification
    soon = now_ms + policy.notice_days * DAY_MS
    wanted = select(row).where(col(row.until) > now_ms, col(row.until) <= soon, col(row.noticed_at).is_(None))
    due = []
    for standing in session.exec(wanted.limit(AT_ONCE).with_for_update(skip_locked=True)).all():
        standing.noticed_at = now_ms
        session.add(standing)
        known = identities.readable(session, keys, standing.person)
        assert standing.until is not None, "the query says so"
        text = "Your verification ends soon. Renew it on your page."
        notify(session, [Notice(id=new_id(), person=standing.person, kind="verification", text=text, at=now_ms)])
        due.append(Due(standing.person, standing.until, known.email if known else ""))
    return due


def _lower(session: Session, keys: Keys, policy: Policy, person: str, now_ms: int) -> bool:
    who = find(session, person)
    if who is None or who.role not in DOCTORS or not who.tier:
        return False
    tier = 1 if who.tier > 1 else 0
    lapsed = Change(tier=tier, basis="document" if tier else "", outcome="lapsed", by="system")
    changed = move(session, keys, policy, person, lapsed, now_ms)
    submit(session, keys, person, "renewal", now_ms)
    return changed
