"""Suspected adverse events: reported on a post with their four elements, acknowledged by whoever makes the product.

The four elements of a valid report: an identifiable patient, a reporter, a suspect product, an event (EMA GVP VI.B.2).
"""

import hashlib
import re
from typing import Final

import msgspec
from sqlmodel import Session, col, func, select

from persistence import tables as log
from persistence.observers import tables
from realtime.rooms.wordless import wordless

ACKNOWLEDGE_MS: Final = 86_400_000
MOST: Final = 200


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What is reported on a post. `patient`: age band and sex. `reporter`: role and specialty."""

    __repr__ = wordless

    room: str
    post: str
    patient: str
    reporter: str
    reported_by: str
    product: str
    event: str


class Adverse(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it stands with one institution. Times are Unix ms."""

    __repr__ = wordless

    id: str
    room: str
    patient: str
    reporter: str
    product: str
    event: str
    reported_at: int
    due_at: int
    institution: str | None
    acknowledged_at: int | None


class Kept(msgspec.Struct, frozen=True):
    """To how many institutions a report goes, and until when (Unix ms) they are to acknowledge it."""

    institutions: int
    due_at: int


def id_of(secret: bytes, report: Report) -> str:
    """The report's id: the same content, the same id, so that what is sent again is kept once. 26 characters.

    Keyed with the deployment's secret: institutions know the id, and must not be able to try reporters against it.
    """
    key = hashlib.blake2b(secret, digest_size=32, person=b"adverse event").digest()
    return hashlib.blake2b(msgspec.json.encode(report), key=key, digest_size=13).hexdigest()


def add(session: Session, id: str, report: Report, now_ms: int) -> Kept:
    """Keep a report, once. Raises `ValueError` where there is no such post."""
    if (before := session.get(tables.AdverseEvent, id)) is not None:
        told = select(func.count()).where(tables.AdverseNotice.event == id)
        return Kept(session.exec(told).one(), before.due_at)
    _check_post(session, report)
    due_at = now_ms + ACKNOWLEDGE_MS
    session.add(tables.AdverseEvent(id=id, reported_at=now_ms, due_at=due_at, **msgspec.structs.asdict(report)))
    session.flush()
    makers = _makers(session, report.product)
    session.add_all(tables.AdverseNotice(event=id, institution=name) for name in makers)
    return Kept(len(makers), due_at)


def _check_post(session: Session, report: Report) -> None:
    event = log.Event
    post = session.exec(
        select(event.seq).where(event.room == report.room, event.id == report.post, event.kind == "post")
    ).first()
    if post is None:
        raise ValueError("`post` is not a post of this case. Take the id of a post.")


def listed(session: Session, institution: str) -> list[Adverse]:
    """What an institution is told of, the newest first."""
    event, notice = tables.AdverseEvent, tables.AdverseNotice
    wanted = select(event, notice).join(notice, col(notice.event) == event.id).where(notice.institution == institution)
    return [_adverse(*row) for row in session.exec(wanted.order_by(col(event.reported_at).desc()).limit(MOST))]


def overdue(session: Session, now_ms: int) -> list[Adverse]:
    """What nobody has acknowledged in time, or nobody declared the product of; the oldest first."""
    event, notice = tables.AdverseEvent, tables.AdverseNotice
    wanted = (
        select(event, notice)
        .outerjoin(notice, col(notice.event) == event.id)
        .where(col(notice.acknowledged_at).is_(None), (col(event.due_at) <= now_ms) | col(notice.event).is_(None))
    )
    return [_adverse(*row) for row in session.exec(wanted.order_by(event.reported_at).limit(MOST))]  # type: ignore[arg-type]


def acknowledge(session: Session, id: str, institution: str, person: str, now_ms: int) -> bool:
    """Record that `person` acknowledges it for their institution, once; whether it was theirs to acknowledge."""
    row = session.get(tables.AdverseNotice, (id, institution))
    if row is None:
        return False
    if row.acknowledged_at is None:
        row.acknowledged_by, row.acknowledged_at = person, now_ms
        session.add(row)
    return True


def _makers(session: Session, product: str) -> list[str]:
    """The institutions that declared a product which `product` names, in any case, as whole words."""
    rows = session.exec(select(tables.Institution.name, tables.Institution.products))
    return [name for name, products in rows if any(_names(product, one) for one in products.splitlines())]


def _names(text: str, product: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(product.strip())}(?!\w)", text, re.IGNORECASE) is not None


def _adverse(event: tables.AdverseEvent, notice: tables.AdverseNotice | None) -> Adverse:
    shown = ("id", "room", "patient", "reporter", "product", "event", "reported_at", "due_at")
    return Adverse(
        **{name: getattr(event, name) for name in shown},
        institution=notice.institution if notice is not None else None,
        acknowledged_at=notice.acknowledged_at if notice is not None else None,
    )
