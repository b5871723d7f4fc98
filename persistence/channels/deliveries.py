"""Deliveries that are due: claimed by a lease, and settled by whoever holds it.

Who dies between sending and settling leaves a delivery that is sent again when its lease ends: perhaps twice, never not
at all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from persistence import tables as base
from persistence.channels import tables
from persistence.channels.counts import count
from persistence.moderation.notices import told
from persistence.moderation.tables import Notice as NoticeRow
from persistence.rows import card
from realtime.rooms.notices import Notice
from realtime.rooms.paging.wording import Message, message

LEASE_MS: Final = 30_000
MAIL_LEASE_MS: Final = 12 * 60_000
"""Longer than any attempt takes: a mail server has ten minutes to say that it has a mail (RFC 5321 §4.5.3.2.6)."""
AT_ONCE: Final = 100

Outcome = Literal["sent", "failed", "given_up", "skipped"]
Key = tuple[str, str, str]
"""Of a delivery: notice, person, channel."""


class Told(NamedTuple):
    """A notice, what is said of it outside, and to whom: their id and handle."""

    notice: Notice
    message: Message
    person: str
    handle: str


class Claim(NamedTuple):
    """A delivery that this process is to attempt now, for the time of a lease.

    `attempt`: 1 for the first. `until`: Unix ms, after which it is of no use. `told`: one, or all that are gathered,
    whose other deliveries are `beside`.
    """

    key: Key
    beside: Sequence[Key]
    kind: str
    channel: str
    sealed: bytes
    attempt: int
    until: int
    told: Sequence[Told]


def lease_ms(kind: str) -> int:
    """For how long a delivery by this kind of channel is one process's to attempt."""
    return MAIL_LEASE_MS if kind == "email" else LEASE_MS


def waits(session: Session, busy: Collection[str], free: Mapping[str, int], now_ms: int) -> bool:
    """Whether a delivery is due by a channel that is not `busy`, of a kind of which some more are `free` to begin.

    `free`: how many, by each kind that this process can send. What it is too late for is due wherever it would have
    gone: there may be no process that can send it.
    """
    return session.execute(_due(busy, free, now_ms).limit(1)).first() is not None


def claimed(session: Session, busy: Collection[str], free: Mapping[str, int], now_ms: int) -> list[Claim]:
    """Deliveries that are due, as `waits` has it, one for each channel; what is needless or too late is settled."""
    wanted = _due(busy, free, now_ms).order_by(col(tables.Delivery.next_at)).limit(AT_ONCE)
    found = session.execute(wanted.with_for_update(skip_locked=True, of=tables.Delivery)).all()
    claims: dict[str, Claim] = {}
    begun: Counter[str] = Counter()
    ended: list[tables.Delivery] = []
    for delivery, channel, notice in found:
        ending = _ending(delivery, channel, notice, now_ms, able=delivery.kind in free)
        if ending is not None:
            ended.append(_end(session, delivery, *ending, now_ms))
        elif channel.id not in claims and begun[delivery.kind] < free[delivery.kind]:
            begun[delivery.kind] += 1
            claims[channel.id] = _claim(session, delivery, channel, notice, now_ms)
    count(session, ended, now_ms)
    return list(claims.values())


def settle(session: Session, claim: Claim, outcome: Outcome, error: str | None, now_ms: int) -> bool:
    """Note how a delivery, and all that were gathered with it, ended; whether the lease was still ours."""
    held = _held(session, claim)
    if held is None:
        return False
    beside = [session.get(tables.Delivery, key) for key in claim.beside] if outcome == "sent" else []
    rows = [held, *(row for row in beside if row is not None)]
    count(session, [_end(session, row, outcome, error, now_ms) for row in rows], now_ms)
    return True


def postpone(session: Session, claim: Claim, error: str, next_at: int) -> None:
    """Attempt a delivery again at `next_at`, if it is still ours."""
    held = _held(session, claim)
    if held is not None:
        held.error, held.next_at = error, next_at
        session.add(held)


def note_test(session: Session, channel: tables.Channel, notice: str, error: str | None, now_ms: int) -> None:
    """Put a test on record, which somebody asked for just now."""
    state = "sent" if error is None else "failed"
    row = tables.Delivery(
        notice=notice,
        person=channel.person,
        channel=channel.id,
        kind=channel.kind,
        state=state,
        at=now_ms,
        next_at=now_ms,
        until=now_ms,
        attempts=1,
        sent_at=now_ms if error is None else None,
        error=error,
    )
    session.add(row)
    count(session, [row], now_ms)


def _due(busy: Collection[str], free: Mapping[str, int], now_ms: int) -> Any:
    row, channel, notice = tables.Delivery, tables.Channel, NoticeRow
    its_notice = and_(col(notice.id) == col(row.notice), col(notice.person) == col(row.person))
    kinds = [kind for kind, more in free.items() if more > 0]
    idle = and_(col(row.channel).not_in(busy), col(row.kind).in_(kinds))
    due = (col(row.state) == "waiting", col(row.next_at) <= now_ms, or_(idle, col(row.until) <= now_ms))
    return (
        select(row, channel, notice)
        .where(*due)
        .join(channel, col(channel.id) == col(row.channel), isouter=True)
        .join(notice, its_notice, isouter=True)
    )


def _ending(
    delivery: tables.Delivery, channel: tables.Channel | None, notice: NoticeRow | None, now_ms: int, *, able: bool
) -> tuple[Outcome, str] | None:
    """Why there is nothing to attempt, if so. `able`: whether this process can send by such a channel."""
    if channel is None or notice is None:
        return "skipped", "gone"
    if channel.disabled_at is not None:
        return "skipped", "disabled"
    if notice.ended is not None:
        return "skipped", "ended"
    if delivery.unless == "delivered" and (notice.delivered_at or notice.seen_at) is not None:
        return "skipped", "delivered"
    if delivery.unless == "seen" and notice.seen_at is not None:
        return "skipped", "seen"
    why = delivery.error or ("late" if able else "not_configured")
    return ("given_up", why) if now_ms >= delivery.until else None


def _claim(
    session: Session, delivery: tables.Delivery, channel: tables.Channel, notice: NoticeRow, now_ms: int
) -> Claim:
    delivery.attempts += 1
    delivery.next_at = now_ms + lease_ms(delivery.kind)
    session.add(delivery)
    beside = list(_gathered(session, delivery)) if delivery.gathered else []
    return Claim(
        key=_key(delivery),
        beside=[_key(row) for row, _ in beside],
        kind=delivery.kind,
        channel=channel.id,
        sealed=channel.sealed,
        attempt=delivery.attempts,
        until=delivery.until,
        told=_told(session, [notice, *(of for _, of in beside)]),
    )


def _gathered(session: Session, first: tables.Delivery) -> Iterable[tuple[tables.Delivery, NoticeRow]]:
    """What else waits to be gathered for this channel, due or not: it goes in the same mail, and is done with it."""
    row, notice = tables.Delivery, NoticeRow
    others = (col(row.channel) == first.channel, col(row.notice) != first.notice)
    mine = (*others, col(row.state) == "waiting", col(row.gathered))
    its_notice = and_(col(notice.id) == col(row.notice), col(notice.person) == col(row.person))
    wanted = select(row, notice).join(notice, its_notice).where(*mine, col(notice.seen_at).is_(None)).limit(AT_ONCE)
    for delivery, of in session.execute(wanted.with_for_update(skip_locked=True, of=row)).all():
        delivery.next_at = max(delivery.next_at, first.next_at)
        session.add(delivery)
        yield delivery, of


def _told(session: Session, rows: Sequence[NoticeRow]) -> list[Told]:
    specialties = {room: _specialties(session, room) for room in {row.room for row in rows if row.room}}
    person = session.get(base.Person, rows[0].person)
    handle = person.handle if person is not None else ""
    return [
        Told(notice, message(notice, specialties.get(notice.room or "", ())), notice.person, handle)
        for notice in told(rows)
    ]


def _specialties(session: Session, room: str) -> Sequence[str]:
    row = session.get(base.Room, room)
    return card(row.card).case.specialties if row is not None else ()


def _held(session: Session, claim: Claim) -> tables.Delivery | None:
    """The claimed row, if nobody has claimed it since."""
    row = session.get(tables.Delivery, claim.key, with_for_update=True)
    held = row is not None and row.state == "waiting" and row.attempts == claim.attempt
    return row if held else None


def _key(row: tables.Delivery) -> Key:
    return row.notice, row.person, row.channel


def _end(session: Session, row: tables.Delivery, outcome: Outcome, error: str | None, now_ms: int) -> tables.Delivery:
    row.state, row.error = outcome, error
    row.sent_at = now_ms if outcome == "sent" else None
    session.add(row)
    return row
