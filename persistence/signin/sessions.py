"""Sessions as their owners see them: listed, active, ended."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlmodel import Session as Sql
from sqlmodel import col, delete, select, update

from persistence.signin.tables import Session

TOKEN: Final = "token"
"""The `way` of a program's token."""
# A clock that is ahead must not take what others still need.
KEPT_MS: Final = 24 * 3_600_000
_NEVER_IDLE: Final = (TOKEN, "demo")


def begin(sql: Sql, session: Session) -> None:
    """Put a session on the list; those that expired a day ago go."""
    sql.execute(delete(Session).where(col(Session.expires_at) <= session.created_at - KEPT_MS))
    sql.add(session)


def listed(sql: Sql, person: str, now_ms: int, *, tokens: bool) -> Sequence[Session]:
    """A person's sessions, or their tokens, who came last first."""
    way = Session.way == TOKEN if tokens else Session.way != TOKEN
    own = select(Session).where(Session.person == person, way, col(Session.expires_at) > now_ms)
    return sql.exec(own.order_by(col(Session.created_at).desc(), col(Session.id))).all()


def end(sql: Sql, person: str, session: str, *, token: bool) -> dict[str, int]:
    """Take a session or token of this person off the list; with when it would have expired, if it was on it."""
    row = sql.get(Session, session)
    if row is None or row.person != person or (row.way == TOKEN) != token:
        return {}
    sql.delete(row)
    return {row.id: row.expires_at}


def end_all(sql: Sql, person: str, *, but: str = "", tokens: bool = False) -> dict[str, int]:
    """Take all sessions of a person off the list, `tokens` as well; each with when it would have expired."""
    own = select(Session).where(Session.person == person, Session.id != but)
    rows = sql.exec(own if tokens else own.where(Session.way != TOKEN)).all()
    for row in rows:
        sql.delete(row)
    return {row.id: row.expires_at for row in rows}


def end_these(sql: Sql, sessions: Collection[str]) -> dict[str, int]:
    """Take these off the list; those that were on it, each with when it would have expired."""
    chosen = delete(Session).where(col(Session.id).in_(sessions))
    rows = sql.execute(chosen.returning(col(Session.id), col(Session.expires_at)))
    return {row.id: row.expires_at for row in rows}


def active(sql: Sql, sessions: Mapping[str, int]) -> None:
    """Note when these sessions were active last. Never earlier than noted."""
    for session, at in sessions.items():
        sql.execute(update(Session).where(col(Session.id) == session, col(Session.active_at) < at).values(active_at=at))


def activity(sql: Sql, now_ms: int) -> dict[str, int]:
    """When each session was active last that can be idle: of a browser, and not in the demonstration."""
    own = col(Session.way).not_in(_NEVER_IDLE)
    of_browsers = select(Session.id, Session.active_at).where(col(Session.expires_at) > now_ms, own)
    return dict(sql.exec(of_browsers).all())
