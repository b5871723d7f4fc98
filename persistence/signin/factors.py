"""Second factors on record: the authenticator app, recovery codes, and the code that sets all of it up anew."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import Session as Sql
from sqlmodel import col, delete, func, select, update

from persistence.signin.tables import Authenticator, Hospital, Passkey, Recovery, Setup
from persistence.tables import Password, Person

MOST_WRONG: Final = 20
"""After so many wrong codes in a row an authenticator is not asked any more (NIST SP 800-63B-4 §3.2.2: at most 100)."""


def hold(sql: Sql, person: str) -> None:
    """Let nobody else change a person's ways in, or begin something with one, before this transaction ends.

    It comes first: what is read after it holds until then. It waits for who came before; SQLite has one writer anyway.
    """
    # What refers to the person may be inserted meanwhile.
    sql.exec(select(Person.id).where(Person.id == person).with_for_update(key_share=True)).first()


def authenticator(sql: Sql, person: str) -> Authenticator | None:
    """The authenticator of a person, confirmed or not."""
    return sql.get(Authenticator, person)


def offer(sql: Sql, person: str, secret: bytes) -> None:
    """Keep a new secret, not confirmed yet. Raises `ValueError` where there is one that is."""
    row = sql.get(Authenticator, person)
    if row is not None and row.confirmed_at is not None:
        raise ValueError("You have an authenticator app already. Remove it first.")
    sql.merge(Authenticator(person=person, secret=secret))


def confirm(sql: Sql, person: str, step: int, now_ms: int) -> bool:
    """The app has shown a code of this step; whether there was one to confirm."""
    waiting = update(Authenticator).where(
        col(Authenticator.person) == person, col(Authenticator.confirmed_at).is_(None)
    )
    return _changed(sql, waiting.values(confirmed_at=now_ms, last_step=step, wrong=0))


def take_step(sql: Sql, person: str, step: int) -> bool:
    """Use the code of this step; whether none as new was used before (RFC 6238 §5.2: each counts once)."""
    unused = update(Authenticator).where(col(Authenticator.person) == person, col(Authenticator.last_step) < step)
    return _changed(sql, unused.values(last_step=step, wrong=0))


def count_wrong(sql: Sql, person: str) -> None:
    """A code did not fit."""
    own = update(Authenticator).where(col(Authenticator.person) == person)
    sql.execute(own.values(wrong=col(Authenticator.wrong) + 1))


def remove_authenticator(sql: Sql, person: str) -> bool:
    """Forget the app, and the recovery codes with it; whether there was one."""
    row = sql.get(Authenticator, person)
    if row is None:
        return False
    sql.delete(row)
    sql.execute(delete(Recovery).where(col(Recovery.person) == person))
    return True


def keep_recovery(sql: Sql, person: str, digests: Iterable[bytes]) -> None:
    """New recovery codes in place of the old ones."""
    sql.execute(delete(Recovery).where(col(Recovery.person) == person))
    sql.add_all(Recovery(digest=digest, person=person) for digest in digests)


def recoveries(sql: Sql, person: str) -> int:
    """How many recovery codes are left."""
    return sql.exec(select(func.count()).select_from(Recovery).where(Recovery.person == person)).one()


def take_recovery(sql: Sql, person: str, digest: bytes) -> bool:
    """Use a recovery code; whether it was theirs and unused. It lets a blocked authenticator be asked again."""
    used = _changed(sql, delete(Recovery).where(col(Recovery.digest) == digest, col(Recovery.person) == person))
    if used:
        sql.execute(update(Authenticator).where(col(Authenticator.person) == person).values(wrong=0))
    return used


def has_second(sql: Sql, person: str) -> bool:
    """Whether a person has a passkey or a confirmed authenticator."""
    row = sql.get(Authenticator, person)
    confirmed = row is not None and row.confirmed_at is not None
    return confirmed or sql.exec(select(Passkey.id).where(Passkey.person == person).limit(1)).first() is not None


def keep_a_way_in(sql: Sql, person: str) -> None:
    """Raise `ValueError` where no password, passkey or hospital's account is left. An app is no way in by itself."""
    ways = (select(table.person).where(col(table.person) == person) for table in (Password, Passkey, Hospital))
    if all(sql.exec(way.limit(1)).first() is None for way in ways):
        raise ValueError("This is your only way to sign in. Make a passkey first.")


def start_anew(sql: Sql, person: str, digest: bytes, expires_at: int) -> None:
    """Forget all ways in of a person, but for the one code of this digest.

    End their sessions after it, in the same transaction: from here on none begins.
    """
    hold(sql, person)
    for table in (Passkey, Authenticator, Recovery, Hospital, Password, Setup):
        sql.execute(delete(table).where(col(table.person) == person))
    sql.add(Setup(person=person, digest=digest, expires_at=expires_at))


def take_setup(sql: Sql, person: str, digest: bytes, now_ms: int) -> bool:
    """Use a setup code; whether it was theirs, unused, and not too old."""
    hold(sql, person)
    own = delete(Setup).where(col(Setup.person) == person, col(Setup.digest) == digest, col(Setup.expires_at) > now_ms)
    return _changed(sql, own)


def _changed(sql: Sql, statement: object) -> bool:
    return bool(sql.connection().execute(statement).rowcount)  # type: ignore[call-overload]
