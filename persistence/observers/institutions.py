"""Institutions that observe: their plans, their agreements, who has accepted them, and the one act that ends it all."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlmodel import Session, col, func, select

from persistence import tables as people_tables
from persistence.insert import insert_new
from persistence.observers import tables
from realtime.rooms.observing import DAY_MS, Permit
from realtime.rooms.purposes import INSTITUTION_KINDS, PURPOSES

NAME_CHARS: Final = 100
MOST_PRODUCTS: Final = 200
HOUR_MS: Final = 3_600_000


class Institution(msgspec.Struct, frozen=True, kw_only=True):
    """An institution as it is now. Times are Unix ms; `hours` are of listening in the term; `agreement` 0: none yet."""

    name: str
    kind: str
    purposes: list[str]
    products: list[str] = []
    seats: int
    hours: int
    term_start: int
    term_end: int
    embargo_days: int = 0
    agreement: int = 0
    used_ms: int = 0
    suspended_at: int | None = None
    suspended_why: str = ""

    @property
    def permit(self) -> Permit:
        """What its observers may be shown under the agreement in force."""
        return Permit(self.name, self.kind, frozenset(self.purposes), self.agreement, self.embargo_days)


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a data-use agreement: its text, or its place, with the digest (hex) of it."""

    version: int
    text: str
    place: str
    digest: str
    uses: list[str]
    begins_at: int
    ends_at: int


def add(session: Session, wish: Institution, now_ms: int) -> Institution:
    """Add an institution, without an agreement. Raises `ValueError` with a sentence for people."""
    _check(wish)
    if session.get(tables.Institution, wish.name) is not None:
        raise ValueError(f"There is an institution `{wish.name}` already. Choose another name.")
    fresh = msgspec.structs.replace(wish, agreement=0, used_ms=0, suspended_at=None, suspended_why="")
    session.add(tables.Institution(**_row(fresh), created_at=now_ms))
    session.flush()
    return fresh


def renew(session: Session, name: str, term_start: int, term_end: int, seats: int, hours: int) -> Institution:
    """Begin another term: what was listened to counts from nothing. Raises `ValueError`."""
    row = existing(session, name)
    wish = msgspec.structs.replace(
        institution(row), term_start=term_start, term_end=term_end, seats=seats, hours=hours, used_ms=0
    )
    _check(wish)
    row.sqlmodel_update(_row(wish))
    session.add(row)
    return wish


def agree(
    session: Session, name: str, *, text: str = "", place: str = "", digest: str = "", uses: Sequence[str], now_ms: int
) -> Agreement:
    """Put a new version of the agreement in force, from now to the end of the term. All must accept it anew.

    Either its `text`, or its `place` and the SHA-256 `digest` (hex) of what is there. Raises `ValueError`.
    """
    row = existing(session, name)
    kept = sha256(text.encode()).digest() if text.strip() else _digest(place, digest)
    _check_uses(uses, row.purposes.split())
    row.agreement += 1
    made = tables.Agreement(
        institution=name,
        version=row.agreement,
        text=text,
        place=place,
        digest=kept,
        uses=" ".join(uses),
        begins_at=now_ms,
        ends_at=row.term_end,
        made_at=now_ms,
    )
    row.purposes = " ".join(uses)
    session.add_all((row, made))
    session.flush()
    return agreement(made)


def declare(session: Session, name: str, products: Sequence[str]) -> Institution:
    """Replace the products that an institution declares. Raises `ValueError`."""
    row = existing(session, name)
    wish = msgspec.structs.replace(institution(row), products=list(products))
    _check(wish)
    row.products = "\n".join(products)
    session.add(row)
    return wish


def suspend(session: Session, name: str, why: str, now_ms: int) -> Institution:
    """End all access of an institution: every node sends its observers away within a second. Raises `ValueError`."""
    row = existing(session, name)
    if not why.strip():
        raise ValueError("Say why the institution is suspended.")
    row.suspended_at, row.suspended_why = row.suspended_at or now_ms, why.strip()[:500]
    session.add(row)
    return institution(row)


def resume(session: Session, name: str) -> Institution:
    """End a suspension. Raises `ValueError`."""
    row = existing(session, name)
    row.suspended_at, row.suspended_why = None, ""
    session.add(row)
    return institution(row)


def listed(session: Session) -> list[Institution]:
    """All institutions by name."""
    table = tables.Institution
    return [institution(row) for row in session.exec(select(table).order_by(col(table.name)))]


def found(session: Session, name: str) -> Institution | None:
    """The institution of this name."""
    row = session.get(tables.Institution, name)
    return institution(row) if row is not None else None


def agreement_of(session: Session, name: str, version: int) -> Agreement | None:
    """One version of an institution's agreement."""
    row = session.get(tables.Agreement, (name, version))
    return agreement(row) if row is not None else None


def accept(session: Session, people: Iterable[str], name: str, version: int, now_ms: int) -> None:
    """Record that each of `people` accepts the version in force, who have not yet; `ValueError` where it is another."""
    row = existing(session, name)
    if version != row.agreement or not version:
        raise ValueError(f"Version {row.agreement} of the agreement is in force. Read that one, and accept it.")
    rows = [{"person": person, "institution": name, "version": version, "at": now_ms} for person in people]
    insert_new(session, tables.Acceptance, rows, ("person", "institution", "version"))


def accepted(session: Session, people: Sequence[str]) -> dict[str, set[tuple[str, int]]]:
    """The agreements (institution, version) that each of these people has accepted."""
    table = tables.Acceptance
    found: dict[str, set[tuple[str, int]]] = {person: set() for person in people}
    for row in session.exec(select(table).where(col(table.person).in_(people))):
        found[row.person].add((row.institution, row.version))
    return found


def observers(session: Session, name: str) -> int:
    """How many people observe for an institution."""
    table = people_tables.Person
    wanted = select(func.count()).select_from(table).where(table.role == "observer", table.institution == name)
    return session.exec(wanted).one()


def existing(session: Session, name: str) -> tables.Institution:
    """The row of an institution. Raises `ValueError`."""
    row = session.get(tables.Institution, name)
    if row is None:
        raise ValueError(f"There is no institution `{name}`. Add it with `curbside institution add`.")
    return row


def institution(row: tables.Institution) -> Institution:
    """The institution that a row stands for."""
    values: dict[str, Any] = {field: getattr(row, field) for field in Institution.__struct_fields__}
    return Institution(**values | {"purposes": row.purposes.split(), "products": row.products.splitlines()})


def agreement(row: tables.Agreement) -> Agreement:
    """The agreement that a row stands for."""
    values: dict[str, Any] = {field: getattr(row, field) for field in Agreement.__struct_fields__}
    return Agreement(**values | {"digest": row.digest.hex(), "uses": row.uses.split()})


def _row(wish: Institution) -> dict[str, Any]:
    joined = {"purposes": " ".join(wish.purposes), "products": "\n".join(wish.products)}
    return msgspec.structs.asdict(wish) | joined


def _check(wish: Institution) -> None:
    name = wish.name
    if not name.strip() or name != name.strip() or len(name) > NAME_CHARS or not name.isprintable() or "/" in name:
        raise ValueError(f"A name of an institution has 1 to {NAME_CHARS} visible characters, and no slash.")
    if wish.kind not in INSTITUTION_KINDS:
        raise ValueError(f"`{wish.kind}` is no kind of institution. Take one of {', '.join(INSTITUTION_KINDS)}.")
    _check_uses(wish.purposes, PURPOSES)
    if wish.seats < 1 or wish.hours < 1:
        raise ValueError("A plan has at least one seat and one hour.")
    if wish.term_end <= wish.term_start:
        raise ValueError("A term ends after it begins.")
    if not 0 <= wish.embargo_days <= 3_650:
        raise ValueError("An embargo is 0 to 3,650 days.")
    if len(wish.products) > MOST_PRODUCTS or any(not one.strip() or not one.isprintable() for one in wish.products):
        raise ValueError(f"Up to {MOST_PRODUCTS} products, each a name of visible characters.")


def _check_uses(uses: Sequence[str], known: Sequence[str]) -> None:
    if not uses:
        raise ValueError(f"Name at least one purpose, of {', '.join(known)}.")
    for use in uses:
        if use not in known:
            raise ValueError(f"`{use}` is not a purpose that can be named here. Take some of {', '.join(known)}.")


def _digest(place: str, digest: str) -> bytes:
    try:
        kept = bytes.fromhex(digest)
    except ValueError:
        kept = b""
    if not place.strip() or len(kept) != 32:
        raise ValueError("Give the text of the agreement, or its place and the SHA-256 of it, as 64 hex digits.")
    return kept


def end_of(term_days: int, now_ms: int) -> int:
    """When a term of so many days ends that begins now."""
    return now_ms + term_days * DAY_MS
