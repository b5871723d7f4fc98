"""The monthly statement of an institution: its lines of listening as CSV, and the signature of the archive's key."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlmodel import Session, col, select

from persistence.observers import tables
from persistence.observers.institutions import existing
from persistence.seal import SealKey, key_id

FORMAT: Final = "curbside.statement.v1"
HEAD: Final = ("person", "case", "way", "agreement", "events", "from", "to", "seconds")


class Signature(msgspec.Struct, frozen=True):
    """A detached signature (Ed25519, RFC 8032) over the format's name, a line break and the file; hex."""

    format: str
    key_id: str
    public_key: str
    signature: str


def statement(session: Session, name: str, month: str, secret: bytes) -> str:
    """What `name` listened to in `month` (`2026-11`, UTC), a stretch a line, as CSV with its total as the last line.

    Persons and cases have pseudonyms that hold for this institution alone. Times are ISO 8601, seconds have three
    digits. A stretch over midnight of the first counts in each month with its part. Raises `ValueError`.
    """
    existing(session, name)
    start, end = bounds(month)
    table = tables.Stretch
    wanted = select(table).where(
        table.institution == name, col(table.began_at) < end, col(table.listened_until) >= start
    )
    rows = session.exec(wanted.order_by(col(table.began_at), col(table.id)))
    return _written(rows, name, start, end, secret)


def bounds(month: str) -> tuple[int, int]:
    """Where a month begins and ends, Unix ms. Raises `ValueError`."""
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(f"`{month}` is no month. Give one such as 2026-11.") from None
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return round(first.timestamp() * 1_000), round(after.timestamp() * 1_000)


def signed(text: str, key: SealKey) -> Signature:
    """The signature of a statement."""
    return Signature(FORMAT, key.id, key.public.hex(), key.signature(_said(text)).hex())


def is_signed(text: str, signature: Signature) -> bool:
    """Whether a statement is as it was when the key that `signature` names signed it."""
    try:
        public = bytes.fromhex(signature.public_key)
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature.signature), _said(text))
    except (InvalidSignature, ValueError):
        return False
    return signature.format == FORMAT and signature.key_id == key_id(public)


def _written(rows: Iterable[tables.Stretch], name: str, start: int, end: int, secret: bytes) -> str:
    key = blake2b(secret, digest_size=32, person=b"statement").digest()
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(HEAD)
    total_ms = events = 0
    for row in rows:
        since, until = max(row.began_at, start), min(row.listened_until, end)
        shown = row.upto - row.after
        lines.writerow(
            (
                _pseudonym(key, name, f"person {row.person}"),
                _pseudonym(key, name, f"case {row.room}"),
                row.way,
                row.agreement,
                shown,
                _time(since),
                _time(until),
                f"{(until - since) / 1_000:.3f}",
            )
        )
        total_ms, events = total_ms + until - since, events + shown
    lines.writerow(("total", "", "", "", events, _time(start), _time(end), f"{total_ms / 1_000:.3f}"))
    return file.getvalue()


def _pseudonym(key: bytes, name: str, what: str) -> str:
    return blake2b(f"{name}\0{what}".encode(), key=key, digest_size=8).hexdigest()


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).isoformat(timespec="milliseconds")


def _said(text: str) -> bytes:
    return f"{FORMAT}\n{text}".encode()
