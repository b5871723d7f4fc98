"""Sanctions: imposed with a reason, for a time or for good, lifted with a reason; never deleted."""

from typing import Final, Literal

from sqlalchemy import or_, select
from sqlmodel import Session, col

from persistence import people
from persistence.moderation.notices import notify
from persistence.moderation.tables import Sanction
from realtime.rooms.notices import Notice

SanctionKind = Literal["warn", "mute", "suspend", "ban"]

SENTENCES: Final[dict[str, str]] = {
    "warn": "A moderator has warned you",
    "mute": "A moderator has muted you: you may read, not write",
    "suspend": "Your account is suspended",
    "ban": "Your account is closed",
}


def impose(
    session: Session, *, person: str, kind: SanctionKind, reason: str, by: str, until: int | None, now_ms: int
) -> Sanction:
    """Impose a sanction and tell the person. Raises `ValueError` in one sentence where it cannot be."""
    known = people.find(session, person)
    if known is None:
        raise ValueError(f"There is nobody with the handle or id `{person}`.")
    if person == by:
        raise ValueError("Nobody moderates themselves: ask another moderator.")
    if until is not None and until <= now_ms:
        raise ValueError("`until` is in the past: give a time to come, or none.")
    if until is not None and kind in ("warn", "ban"):
        raise ValueError(f"A {kind} has no end: leave `until` out, or suspend.")
    if until is None and kind == "suspend":
        raise ValueError("A suspension has an end: give `until`, or ban.")
    sanction = Sanction(
        id=people.new_id(),
        person=person,
        kind=kind,
        reason=reason,
        by=by,
        at=now_ms,
        until=until,
        touched_at=now_ms,
    )
    session.add(sanction)
    text = f"{SENTENCES[kind]}. “What moderators imposed on you” in the menu says why."
    notify(session, [Notice(id=sanction.id, person=person, kind="moderation", text=text, at=now_ms)])
    return sanction


def lift(session: Session, sanction: str, reason: str, by: str, now_ms: int) -> Sanction:
    """End a sanction before its time. Raises `ValueError` where there is none, or it is over."""
    # Locked, so that what counts it at this moment is not overlooked.
    row = session.get(Sanction, sanction, with_for_update=True)
    if row is None:
        raise ValueError(f"There is no sanction with the id `{sanction}`.")
    if row.lifted_at is not None or (row.until is not None and row.until <= now_ms):
        raise ValueError("That sanction is over already.")
    if row.person == by:
        raise ValueError("Nobody moderates themselves: ask another moderator.")
    row.lifted_at, row.lifted_by, row.lifted_reason = now_ms, by, reason
    row.touched_at, row.change = now_ms, None
    session.add(row)
    text = "A sanction on you was lifted."
    notify(session, [Notice(id=f"{row.id}.l", person=row.person, kind="moderation", text=text, at=now_ms)])
    return row


def of_person(session: Session, person: str) -> list[Sanction]:
    """All that was ever imposed on a person, the newest first."""
    wanted = select(Sanction).where(col(Sanction.person) == person).order_by(col(Sanction.at).desc())
    return list(session.execute(wanted).scalars())


def in_force(session: Session, now_ms: int) -> list[Sanction]:
    """All that hold at `now_ms`, but for warnings, the newest first."""
    holds = (col(Sanction.lifted_at).is_(None), or_(col(Sanction.until).is_(None), col(Sanction.until) > now_ms))
    wanted = select(Sanction).where(*holds, col(Sanction.kind) != "warn").order_by(col(Sanction.at).desc())
    return list(session.execute(wanted).scalars())
