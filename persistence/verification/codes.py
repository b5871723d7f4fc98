"""Codes that prove an address of e-mail: six digits, an hour, five tries."""

import hmac
import secrets
from typing import Final

from sqlmodel import Session

from persistence.verification import tables
from persistence.verification.keys import Keys

DIGITS: Final = 6
VALID_MS: Final = 3_600_000
TRIES: Final = 5


def make(session: Session, keys: Keys, person: str, now_ms: int) -> str:
    """A fresh code for this person; the one before is worth nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    digest = keys.code(person, code)
    session.merge(tables.MailCode(person=person, digest=digest, expires_at=now_ms + VALID_MS, tries_left=TRIES))
    return code


def right(session: Session, keys: Keys, person: str, code: str, now_ms: int) -> bool:
    """Whether this is the person's code: then their address is confirmed. A wrong one costs a try."""
    row = session.get(tables.MailCode, person, with_for_update=True)
    if row is None or row.expires_at <= now_ms or row.tries_left <= 0:
        return False
    if not hmac.compare_digest(row.digest, keys.code(person, code)):
        row.tries_left -= 1
        session.add(row)
        return False
    session.delete(row)
    confirm(session, person, now_ms)
    return True


def confirm(session: Session, person: str, now_ms: int) -> None:
    """This person's address is theirs, or a moderator has seen to it that they are who they say."""
    standing = session.get(tables.Verification, person) or tables.Verification(person=person)
    if standing.confirmed_at is None:
        standing.confirmed_at = now_ms
        session.add(standing)
        session.flush()


def unconfirm(session: Session, person: str) -> None:
    """This person has given another address."""
    standing = session.get(tables.Verification, person)
    if standing is not None:
        standing.confirmed_at = None
        session.add(standing)
