"""A person's channels, and an institution's: added, proved by a code, chosen for, removed."""

import hmac
import secrets
from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from persistence.channels import tables
from persistence.channels.addresses import Address, Keys, shown
from persistence.people import new_id
from realtime.rooms.paging.routing import ChannelKind

MOST: Final = 12
"""Of one person, or one institution."""
DIGITS: Final = 6
VALID_MS: Final = 15 * 60_000
TRIES: Final = 5
PROVED_BY_CODE: Final[frozenset[ChannelKind]] = frozenset({"email", "sms", "voice"})
"""Whose address could be somebody else's: nothing goes there before its code came back."""


class Owner(msgspec.Struct, frozen=True):
    """Whose a channel is: a person's, or an institution's."""

    person: str = ""
    institution: str = ""


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One's own channel. `address` is shortened; `sent_at`: when something last went by it; times are Unix ms."""

    id: str
    kind: str
    label: str
    address: str
    created_at: int
    notices: list[str] | None = None
    verified_at: int | None = None
    disabled_at: int | None = None
    disabled_why: str | None = None
    sent_at: int | None = None


def of_owner(session: Session, keys: Keys, owner: Owner) -> list[Shown]:
    """All of this owner, the oldest first."""
    rows = _rows(session, owner)
    last = _last_sent(session, [row.id for row in rows])
    return [_shown(row, keys, last.get(row.id)) for row in rows]


def of_institutions(session: Session, keys: Keys) -> list[tuple[str, Shown]]:
    """The channels of all institutions, each with the name of its own, in the order of those and then of their age."""
    row = tables.Channel
    wanted = select(row).where(row.institution != "")
    rows = session.exec(wanted.order_by(col(row.institution), col(row.created_at), col(row.id))).all()
    last = _last_sent(session, [one.id for one in rows])
    return [(one.institution, _shown(one, keys, last.get(one.id))) for one in rows]


def add(
    session: Session, keys: Keys, owner: Owner, *, kind: ChannelKind, label: str, address: Address, now_ms: int
) -> Shown:
    """A channel to this address; where there is one, that: enabled, under the new label, with its keys as they are now.

    A browser is one person's at a time: whoever turns push on there takes it over. Raises `ValueError` where an owner
    has too many.
    """
    digest = keys.address(kind, address)
    if kind == "push":
        taken = (col(tables.Channel.digest) == digest, col(tables.Channel.person) != owner.person)
        session.execute(delete(tables.Channel).where(*taken))
    rows = _rows(session, owner)
    known = next((row for row in rows if row.digest == digest), None)
    if known is None and len(rows) >= MOST:
        raise ValueError(f"You have {MOST} channels already. Remove one first.")
    row = known or _new(owner, kind, digest, now_ms)
    row.label = label
    row.sealed = keys.sealed(row.id, address)
    row.disabled_at = row.disabled_why = None
    if kind not in PROVED_BY_CODE:
        row.verified_at = row.verified_at or now_ms
    session.add(row)
    session.flush()
    return _shown(row, keys, None)


def found(session: Session, owner: Owner, channel: str) -> tables.Channel | None:
    """This channel, if it is this owner's."""
    row = session.get(tables.Channel, channel)
    return row if row is not None and (row.person, row.institution) == (owner.person, owner.institution) else None


def choose(session: Session, channel: tables.Channel, notices: Sequence[str] | None) -> None:
    """Say for which kinds of notices this channel is wanted; None for all."""
    channel.notices = None if notices is None else " ".join(sorted(set(notices)))
    session.add(channel)


def remove(session: Session, channel: str) -> None:
    """Remove this channel. What is on its way by it is not sent any more."""
    for table in (tables.ChannelCode, tables.Channel):
        if (row := session.get(table, channel)) is not None:
            session.delete(row)


def make_code(session: Session, keys: Keys, channel: str, now_ms: int) -> str:
    """A fresh code for this channel; the one before is worth nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    digest = keys.code(channel, code)
    session.merge(tables.ChannelCode(channel=channel, digest=digest, expires_at=now_ms + VALID_MS, tries_left=TRIES))
    return code


def proved(session: Session, keys: Keys, channel: tables.Channel, code: str, now_ms: int) -> bool:
    """Whether this is the channel's code: from now on it is used. A wrong one costs a try."""
    row = session.get(tables.ChannelCode, channel.id, with_for_update=True)
    if row is None or row.expires_at <= now_ms or row.tries_left <= 0:
        return False
    if not hmac.compare_digest(row.digest, keys.code(channel.id, code)):
        row.tries_left -= 1
        session.add(row)
        return False
    session.delete(row)
    channel.verified_at = now_ms
    session.add(channel)
    return True


def disable(session: Session, channel: str, why: str, now_ms: int) -> None:
    """Use this channel no more, until it is added again: its far end has said that it is gone."""
    row = session.get(tables.Channel, channel)
    if row is not None and row.disabled_at is None:
        row.disabled_at, row.disabled_why = now_ms, why
        session.add(row)


def _new(owner: Owner, kind: ChannelKind, digest: bytes, now_ms: int) -> tables.Channel:
    return tables.Channel(
        id=new_id(),
        person=owner.person,
        institution=owner.institution,
        kind=kind,
        label="",
        sealed=b"",
        digest=digest,
        created_at=now_ms,
    )


def _rows(session: Session, owner: Owner) -> Sequence[tables.Channel]:
    row = tables.Channel
    wanted = select(row).where(row.person == owner.person, row.institution == owner.institution)
    return session.exec(wanted.order_by(col(row.created_at), col(row.id))).all()


def _last_sent(session: Session, channels: Sequence[str]) -> dict[str, int]:
    row = tables.Delivery
    wanted = select(row.channel, func.max(row.sent_at)).where(col(row.channel).in_(channels)).group_by(row.channel)
    return {channel: at for channel, at in session.execute(wanted) if at is not None}


def _shown(row: tables.Channel, keys: Keys, sent_at: int | None) -> Shown:
    return Shown(
        id=row.id,
        kind=row.kind,
        label=row.label,
        address=_readable(row, keys),
        created_at=row.created_at,
        notices=None if row.notices is None else row.notices.split(),
        verified_at=row.verified_at,
        disabled_at=row.disabled_at,
        disabled_why=row.disabled_why,
        sent_at=sent_at,
    )


def _readable(row: tables.Channel, keys: Keys) -> str:
    """Shortened; empty where another key sealed it: its owner can still remove it."""
    try:
        return shown(keys.opened(row.id, row.sealed))
    except ValueError:
        return ""
