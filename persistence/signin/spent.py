"""Challenges that were answered: each counts once, whichever node is asked."""

from sqlmodel import Session as Sql
from sqlmodel import col, delete

from persistence.signin.sessions import KEPT_MS
from persistence.signin.tables import Spent


def spend(sql: Sql, digest: bytes, expires_at: int, now_ms: int) -> bool:
    """Whether nobody spent it before. Of two at the same time the later fails, or raises `IntegrityError`."""
    sql.execute(delete(Spent).where(col(Spent.expires_at) <= now_ms - KEPT_MS))
    if sql.get(Spent, digest) is not None:
        return False
    sql.add(Spent(digest=digest, expires_at=expires_at))
    sql.flush()
    return True
