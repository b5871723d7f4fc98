"""Flags as the moderators have them: kept, listed by post, decided for all flags of a post at once."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import func, select, tuple_, update
from sqlmodel import Session, col

from persistence.insert import insert_new
from persistence.moderation.tables import Flag
from realtime.ports import Flagged
from realtime.rooms.events import canonical
from realtime.rooms.refusals import Refusal, Refused

Decision = Literal["upheld", "dismissed"]

PAGE: Final = 100
MOST_SHOWN: Final = 20


class FlaggedPost(msgspec.Struct, frozen=True):
    """A post with its flags that are not decided: how many of which reason, and the newest of them."""

    room: str
    target: str
    since: int
    count: int
    reasons: dict[str, int]
    flags: list[dict[str, Any]]


def keep(session: Session, flags: Sequence[Flagged]) -> list[Refused | None]:
    """Keep these flags; for each, None, or that its id is another flag's in its room (`CONFLICT`)."""
    rows = [_row(flag) for flag in flags]
    insert_new(session, Flag, rows, ("room", "id"))
    keys = [(row["room"], row["id"]) for row in rows]
    place = tuple_(col(Flag.room), col(Flag.id))
    wanted = select(col(Flag.room), col(Flag.id), col(Flag.digest)).where(place.in_(keys))
    kept = {(room, name): digest for room, name, digest in session.execute(wanted)}
    return [None if kept[row["room"], row["id"]] == row["digest"] else Refused(Refusal.CONFLICT) for row in rows]


def undecided(session: Session, limit: int = PAGE) -> list[FlaggedPost]:
    """At most `limit` posts whose flags nobody has decided on, those first that have waited longest."""
    since = func.min(col(Flag.at))
    posts = (
        select(col(Flag.room), col(Flag.target), since, func.count())
        .where(col(Flag.decided_at).is_(None))
        .group_by(col(Flag.room), col(Flag.target))
        .order_by(since)
        .limit(limit)
    )
    return [_post(session, *row) for row in session.execute(posts).all()]


def decide(session: Session, room: str, target: str, decision: Decision, reason: str, by: str, now_ms: int) -> int:
    """Decide on all flags of a post that wait; how many there were."""
    waiting = update(Flag).where(col(Flag.room) == room, col(Flag.target) == target, col(Flag.decided_at).is_(None))
    decided = waiting.values(decided_at=now_ms, decided_by=by, decision=decision, decision_reason=reason)
    return int(session.execute(decided).rowcount)  # type: ignore[attr-defined]


def _post(session: Session, room: str, target: str, since: int, count: int) -> FlaggedPost:
    of_post = (col(Flag.room) == room, col(Flag.target) == target, col(Flag.decided_at).is_(None))
    by_reason = select(col(Flag.reason), func.count()).where(*of_post).group_by(col(Flag.reason))
    reasons: Any = session.execute(by_reason).all()
    newest = session.execute(select(Flag).where(*of_post).order_by(col(Flag.at).desc()).limit(MOST_SHOWN)).scalars()
    shown = ("id", "reason", "note", "person", "role", "kind", "told", "at")
    flags = [{name: getattr(flag, name) for name in shown} for flag in newest]
    return FlaggedPost(room, target, since, count, dict(reasons), flags)


def _row(flag: Flagged) -> dict[str, Any]:
    content = [flag.room, flag.id, flag.target, flag.reason, flag.note, flag.person.id]
    return {
        "room": flag.room,
        "id": flag.id,
        "target": flag.target,
        "reason": flag.reason,
        "note": flag.note,
        "person": flag.person.id,
        "role": flag.person.role,
        "kind": flag.person.kind,
        "told": flag.told,
        "digest": sha256(canonical(content)).digest(),
        "at": flag.at,
    }
