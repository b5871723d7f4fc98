"""The documents that people give: known by their content, sealed, and gone a while after the decision."""

from typing import Final

import msgspec
from sqlmodel import Session, col, delete, func, select, update

from persistence.people import new_id
from persistence.verification import tables
from persistence.verification.keys import Keys
from persistence.verification.wrong import Wrong
from realtime.rooms.wordless import wordless

MOST_BYTES: Final = 8 * 1_048_576
MOST_OF_ONE: Final = 8

# The first bytes of a file of each kind: ISO 32000-1 §7.5.2, ITU-T T.81 annex B, W3C PNG §5.2.
_MARKS: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
# And what a whole one ends with, perhaps before a few bytes of padding.
_ENDS: Final = {"application/pdf": b"%%EOF", "image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82"}
_PADDING: Final = 1_024


class Given(msgspec.Struct, frozen=True):
    """A document as lists have it."""

    id: str
    kind: str
    size_bytes: int
    at: int


def kind_of(content: bytes) -> str | None:
    """The media type that the content shows, whatever it was called; None for anything but PDF, JPEG and PNG."""
    for mark, kind in _MARKS.items():
        if content.startswith(mark):
            return kind if _ENDS[kind] in content[-_PADDING:] else None
    return None


class Prepared(msgspec.Struct, frozen=True):
    """A document that may be kept."""

    __repr__ = wordless

    id: str
    kind: str
    size_bytes: int
    sealed: bytes


def prepared(keys: Keys, content: bytes) -> Prepared:
    """A document sealed, which takes a moment: not on the event loop. Raises `Wrong` for another kind, or too large."""
    kind = kind_of(content)
    if kind is None:
        raise Wrong("This is no whole PDF, JPEG or PNG. Give the document as one of these.")
    if len(content) > MOST_BYTES:
        raise Wrong(f"A document has at most {MOST_BYTES // 1_048_576} MiB. Give a smaller one.")
    id = new_id()
    return Prepared(id, kind, len(content), keys.vault.sealed(content, f"document {id}"))


def keep(session: Session, person: str, document: Prepared, now_ms: int) -> Given:
    """Keep a document of this person. Raises `Wrong` where there are too many."""
    if count(session, person) >= MOST_OF_ONE:
        raise Wrong(f"You have given {MOST_OF_ONE} documents. Remove one first.")
    row = tables.Document(
        id=document.id,
        person=person,
        kind=document.kind,
        size_bytes=document.size_bytes,
        at=now_ms,
        sealed=document.sealed,
    )
    session.add(row)
    session.flush()
    return Given(document.id, document.kind, document.size_bytes, now_ms)


def given(session: Session, person: str) -> list[Given]:
    """The documents of this person that there are, oldest first. Their content is not read."""
    row = tables.Document
    wanted = select(row.id, row.kind, row.size_bytes, row.at).where(col(row.person) == person)
    return [Given(*one) for one in session.exec(wanted.order_by(col(row.at), col(row.id)))]


def count(session: Session, person: str) -> int:
    """How many documents of this person there are."""
    row = tables.Document
    return session.exec(select(func.count()).select_from(row).where(col(row.person) == person)).one()


def sealed(session: Session, document: str) -> tuple[str, str, bytes] | None:
    """Whose document it is, its kind, and its content for `opened`."""
    row = session.get(tables.Document, document)
    return None if row is None else (row.person, row.kind, row.sealed)


def opened(keys: Keys, document: str, sealed: bytes) -> bytes:
    """The content, which takes a moment: not on the event loop. Raises `ValueError` as the vault."""
    return keys.vault.opened(sealed, f"document {document}")


def remove(session: Session, person: str, document: str) -> bool:
    """Take back a document of this person's own; whether there was one."""
    row = tables.Document
    own = delete(row).where(col(row.id) == document, col(row.person) == person)
    return bool(session.execute(own).rowcount)  # type: ignore[attr-defined]


def decided(session: Session, person: str, removed_at: int) -> None:
    """What this person gave is removed then (Unix ms): it was looked at."""
    row = tables.Document
    given = update(row).where(col(row.person) == person, col(row.removed_at).is_(None))
    session.execute(given.values(removed_at=removed_at))


def remove_old(session: Session, now_ms: int, most: int) -> int:
    """Remove at most so many that are to be gone by now; how many."""
    row = tables.Document
    gone = list(session.exec(select(row.id).where(col(row.removed_at) <= now_ms).limit(most)))
    session.execute(delete(row).where(col(row.id).in_(gone)))
    return len(gone)
