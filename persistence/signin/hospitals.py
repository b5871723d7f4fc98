"""Accounts at hospitals, and whose they are here."""

from collections.abc import Sequence

from sqlmodel import Session as Sql
from sqlmodel import select

from persistence.signin.factors import hold
from persistence.signin.tables import Hospital


def whose(sql: Sql, issuer: str, subject: str) -> str | None:
    """The id of the person who has this account."""
    row = sql.get(Hospital, (issuer, subject))
    return row.person if row else None


def owned(sql: Sql, person: str, issuer: str, subject: str) -> bool:
    """Whether this person has this account."""
    return whose(sql, issuer, subject) == person


def link(sql: Sql, person: str, issuer: str, subject: str, now_ms: int) -> None:
    """The account is this person's from now on. Raises `ValueError` where it is somebody else's."""
    row = sql.get(Hospital, (issuer, subject))
    if row is not None and row.person != person:
        raise ValueError("This hospital account belongs to somebody else here. Sign in with it instead.")
    if row is None:
        sql.add(Hospital(issuer=issuer, subject=subject, person=person, linked_at=now_ms))


def of_person(sql: Sql, person: str) -> Sequence[Hospital]:
    """The accounts of a person."""
    return sql.exec(select(Hospital).where(Hospital.person == person)).all()


def unlink(sql: Sql, person: str, issuer: str) -> bool:
    """Forget this person's accounts with that provider; whether there was one."""
    hold(sql, person)
    rows = sql.exec(select(Hospital).where(Hospital.person == person, Hospital.issuer == issuer)).all()
    for row in rows:
        sql.delete(row)
    return bool(rows)
