"""What people declare of their own interests: every entry stays, and a later one may take its place."""

from typing import Annotated, Final, Literal

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from persistence.interests.dates import day_of, ends, is_date
from persistence.interests.entries import Declared, declared, standing
from persistence.interests.tables import InterestEntry
from persistence.people import new_id
from realtime.rooms.interests.natures import NATURES
from realtime.rooms.wordless import wordless

MOST_STANDING: Final = 100
GONE: Final = "This entry does not stand any more: it was changed or withdrawn. Look at the page anew."

PayerKind = Literal["drug", "device", "technology", "insurer", "research", "government", "investor", "other"]
PAYER_KINDS: Final[tuple[PayerKind, ...]] = (
    *("drug", "device", "technology", "insurer"),
    *("research", "government", "investor", "other"),
)
Band = Literal["none", "under_1000", "under_5000", "under_25000", "under_100000", "more"]
"""US dollars, or what is worth as much, in the year that gave most. `none`: nothing was paid."""
BANDS: Final[tuple[Band, ...]] = ("none", "under_1000", "under_5000", "under_25000", "under_100000", "more")

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Product = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Date = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$(?!\n)")]


class Undeclarable(ValueError):
    """One sentence for people: what is wrong and what to do. Nothing was changed."""


class Declaration(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An interest as its person declares it. Dates are days, months or years; no `until`: it goes on.

    `replaces`: the entry that this one takes the place of.
    """

    __repr__ = wordless

    payer: Name
    payer_kind: PayerKind
    payer_id: Annotated[str, msgspec.Meta(max_length=64)] = ""
    nature: Annotated[str, msgspec.Meta(max_length=64)]
    products: Annotated[tuple[Product, ...], msgspec.Meta(max_length=10)] = ()
    since: Date
    until: Date | None = None
    band: Band
    replaces: str | None = None


def declare(session: Session, person: str, wish: Declaration, now_ms: int) -> Declared:
    """Add an entry, in place of another where `wish` says so. Raises `Undeclarable`."""
    payer, products = _plain(wish.payer), tuple(dict.fromkeys(filter(None, map(_plain, wish.products))))
    _check(wish, payer, now_ms)
    if wish.replaces is not None:
        _check_stands(session, person, wish.replaces)
    elif len(standing(session, [person])) >= MOST_STANDING:
        raise Undeclarable(f"There are {MOST_STANDING} interests already: withdraw one that is over.")
    row = InterestEntry(
        id=new_id(),
        person=person,
        at=now_ms,
        act="declared" if wish.replaces is None else "changed",
        about=wish.replaces,
        payer=payer,
        payer_kind=wish.payer_kind,
        payer_id=_plain(wish.payer_id),
        nature=wish.nature,
        products=msgspec.json.encode(products).decode(),
        since=wish.since,
        until=wish.until or "",
        band=wish.band,
    )
    _add(session, row)
    return declared(row)


def withdraw(session: Session, person: str, entry: str, now_ms: int) -> None:
    """Note that this person's `entry` stands no longer; it is kept. Raises `Undeclarable` where it does not stand."""
    row = _check_stands(session, person, entry)
    left = row.model_dump(exclude={"id", "at", "act", "about"})
    _add(session, InterestEntry(id=new_id(), at=now_ms, act="withdrawn", about=entry, **left))


def _check(wish: Declaration, payer: str, now_ms: int) -> None:
    if not payer:
        raise Undeclarable("Say who pays: the name of the company or body.")
    if wish.nature not in NATURES:
        raise Undeclarable("The nature is none of the list. Choose from those that are offered.")
    if not is_date(wish.since) or (wish.until is not None and not is_date(wish.until)):
        raise Undeclarable("There is no such day. Write a year, a month or a day, as 2026, 2026-03 or 2026-03-14.")
    if wish.since > day_of(now_ms):
        raise Undeclarable("It begins in the future. Declare it once it has begun.")
    if wish.until is not None and ends(wish.until) < wish.since:
        raise Undeclarable("It ends before it begins. Look at both dates.")


def _check_stands(session: Session, person: str, entry: str) -> InterestEntry:
    row = session.get(InterestEntry, entry)
    later = session.exec(select(InterestEntry.id).where(InterestEntry.about == entry)).first()
    if row is None or row.person != person or row.act == "withdrawn" or later is not None:
        raise Undeclarable(GONE)
    return row


def _add(session: Session, row: InterestEntry) -> None:
    """Of two that follow one entry at once the second is too late."""
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Undeclarable(GONE) from None


def _plain(text: str) -> str:
    return " ".join(text.split())
