"""Passkeys on record."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import update
from sqlmodel import Session as Sql
from sqlmodel import col, func, select

from persistence.signin.factors import hold
from persistence.signin.tables import Passkey

MOST: Final = 20


def of_person(sql: Sql, person: str) -> Sequence[Passkey]:
    """A person's passkeys, oldest first."""
    return sql.exec(select(Passkey).where(Passkey.person == person).order_by(col(Passkey.created_at))).all()


def add(sql: Sql, passkey: Passkey) -> None:
    """Keep one. Raises `ValueError` where it is known already, or its person has too many."""
    if sql.get(Passkey, passkey.id) is not None:
        raise ValueError("This passkey is on record already. Take another device, or use this one to sign in.")
    count = sql.exec(select(func.count()).select_from(Passkey).where(Passkey.person == passkey.person)).one()
    if count >= MOST:
        raise ValueError(f"You have {MOST} passkeys. Remove one that you no longer use.")
    sql.add(passkey)


def find(sql: Sql, id: bytes) -> Passkey | None:
    """The passkey of this credential id."""
    return sql.get(Passkey, id)


def owned(sql: Sql, person: str, id: bytes) -> bool:
    """Whether this person has the passkey of this credential id."""
    row = find(sql, id)
    return row is not None and row.person == person


def used(sql: Sql, before: Passkey, *, uses: int, backed_up: bool, now_ms: int) -> bool:
    """Note that it was used, and what it says of itself since; False where it was removed, or counted on, meanwhile."""
    as_it_was = update(Passkey).where(col(Passkey.id) == before.id, col(Passkey.uses) == before.uses)
    noted = sql.connection().execute(as_it_was.values(uses=uses, backed_up=backed_up, used_at=now_ms))
    return noted.rowcount == 1


def remove(sql: Sql, person: str, id: bytes) -> bool:
    """Forget a passkey of this person; whether there was one."""
    hold(sql, person)
    row = sql.get(Passkey, id)
    if row is None or row.person != person:
        return False
    sql.delete(row)
    return True
