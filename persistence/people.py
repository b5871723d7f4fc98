"""People in the journal: adding, finding and verifying them, and the directory that the live side asks."""

import re
import time
from base64 import b32encode
from collections.abc import Callable, Iterable, Sequence
from secrets import token_bytes
from sys import intern
from typing import Final

import msgspec
from sqlalchemy import or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, insert, select

from persistence import tables
from persistence.database import Database
from persistence.gather import Gather
from persistence.interests.holding import interests_of
from persistence.verification.alike import looks
from realtime.rooms import handles
from realtime.rooms.people import DOCTORS, PHYSICIAN_TIER, Person

HANDLE_CHARS: Final = handles.HANDLE_CHARS
HIGHEST_TIER: Final = 3
# The tiers that each role may have, lowest and highest.
TIERS: Final = {
    "clinician": (0, PHYSICIAN_TIER - 1),
    "physician": (PHYSICIAN_TIER, HIGHEST_TIER),
    "observer": (0, 0),
    "moderator": (0, HIGHEST_TIER),
}
FIELDS: Final = tuple(name for name in Person.__struct_fields__ if name != "interests")
"""What of a person stands in their row. Interests have rows of their own."""
FRESH_S: Final = 60.0
REMEMBERED: Final = 20_000

_country = re.compile(r"([A-Z]{2})?")
_shared = ("specialty", "country", "institution", "network", "kind")


def new_id() -> str:
    """A fresh id, of a person or of what else nobody may guess: 26 characters of base32, 128 random bits."""
    return b32encode(token_bytes(16)).decode().rstrip("=").lower()


def add(session: Session, person: Person, now_ms: int) -> None:
    """Add one person. Raises `ValueError` with a sentence for people where the handle is taken or a field is wrong.

    Taken is a handle too that looks like another one, in whatever script.
    """
    if looks_taken(session, person.handle):
        raise _taken(person.handle)
    try:
        add_many(session, [person], now_ms)
    except IntegrityError as error:
        raise _taken(person.handle) from error


def add_many(session: Session, people: Iterable[Person], now_ms: int) -> None:
    """Add people in bulk. Raises `ValueError` as `add`; `IntegrityError` where a handle or id is taken."""
    rows = [_row(person, now_ms) for person in people]
    if rows:
        session.execute(insert(tables.Person), rows)


def find(session: Session, person: str) -> Person | None:
    """The person of this id."""
    return find_many(session, [person]).get(person)


def held(session: Session, person: str) -> Person | None:
    """As `find`, and as they are now: nobody else changes them before this transaction ends."""
    row = _held(session, person)
    return None if row is None else _person(row)


def find_many(session: Session, people: Sequence[str]) -> dict[str, Person]:
    """Those of these ids whom there are."""
    rows = session.exec(select(tables.Person).where(col(tables.Person.id).in_(people)))
    return {row.id: _person(row) for row in rows}


def with_interests(session: Session, people: Sequence[str], now_ms: int) -> dict[str, Person]:
    """As `find_many`, each with the interests that they have now."""
    found = find_many(session, people)
    held = interests_of(session, [id for id, one in found.items() if one.role in DOCTORS], now_ms)
    return found | {id: msgspec.structs.replace(found[id], interests=interests) for id, interests in held.items()}


def by_handle(session: Session, handle: str) -> Person | None:
    """The person of this handle."""
    row = session.exec(select(tables.Person).where(tables.Person.handle == handle)).first()
    return _person(row) if row else None


def named(session: Session, handles: Iterable[str]) -> dict[str, str]:
    """By handle the ids of those whom there are, in whatever letters that look like theirs it is written."""
    looked = {handle: looks(handle) for handle in handles}
    person = tables.Person
    rows = session.exec(select(person.looks, person.id).where(col(person.looks).in_(set(looked.values()))))
    known = dict(rows.all())
    return {handle: known[look] for handle, look in looked.items() if look in known}


def moderators(session: Session) -> list[str]:
    """The ids of all moderators."""
    return list(session.exec(select(tables.Person.id).where(tables.Person.role == "moderator")))


def looks_taken(session: Session, handle: str) -> bool:
    """Whether somebody has this handle, or one that looks like it."""
    person = tables.Person
    same = or_(col(person.handle) == handle, col(person.looks) == looks(handle))
    return session.exec(select(person.id).where(same)).first() is not None


def set_password_hash(session: Session, person: str, password_hash: str) -> None:
    """Set or replace a person's password. Raises `ValueError` where there is no such person."""
    _existing(session, person)
    session.merge(tables.Password(person=person, hash=password_hash))


def password_hash(session: Session, person: str) -> str | None:
    """The hash of a person's password, or None where they sign in by other means."""
    row = session.get(tables.Password, person)
    return row.hash if row else None


def verify(session: Session, person: str, tier: int | None = None, specialty: str | None = None) -> Person:
    """Make someone a verified physician and return them so; `specialty` replaces what they had.

    `tier` is 2 or 3; without one it is 2, or the one of a physician who is verified already.
    Raises `ValueError` where there is no such person, or they are an observer or a moderator.
    """
    row = _existing(session, person)
    if row.role not in DOCTORS:
        a_role = "an observer" if row.role == "observer" else f"a {row.role}"
        raise ValueError(f"`{row.handle}` is {a_role}: only clinicians are verified as physicians.")
    verified = msgspec.structs.replace(
        _person(row),
        role="physician",
        tier=max(row.tier, PHYSICIAN_TIER) if tier is None else tier,
        specialty=specialty or row.specialty,
    )
    return _changed(session, row, verified)


def set_tier(session: Session, person: str, tier: int) -> Person:
    """Give a clinician or physician another tier, with the role that goes with it, and return them so.

    Raises `ValueError` where there is no such person, or they are neither.
    """
    row = _existing(session, person)
    if row.role not in DOCTORS:
        raise ValueError(f"`{row.handle}` is no clinician and no physician: tiers are for them.")
    role = "physician" if tier >= PHYSICIAN_TIER else "clinician"
    return _changed(session, row, msgspec.structs.replace(_person(row), role=role, tier=tier))


def describe(session: Session, person: str, specialty: str, country: str) -> Person:
    """What somebody says that they are and where they work. Raises `ValueError` as `set_tier`."""
    row = _existing(session, person)
    return _changed(session, row, msgspec.structs.replace(_person(row), specialty=specialty, country=country))


def show_name(session: Session, person: str, name: str) -> Person:
    """Show a person's real name beside the handle; an empty one shows none. Raises `ValueError` as `set_tier`."""
    row = _existing(session, person)
    return _changed(session, row, msgspec.structs.replace(_person(row), name=name))


class _Known(msgspec.Struct, frozen=True, gc=False):
    """A person as they were at `asked_at_s` of the directory's clock."""

    asked_at_s: float
    person: Person


class PeopleDirectory:
    """Who people are: `realtime.ports.Directory`. Answers are at most 60 s old; asks at the same time are one look.

    Their interests come with them. `now_ms` is Unix time.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time.monotonic,
        remembered: int = REMEMBERED,
        now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._database = database
        self._clock = clock
        self._now_ms = now_ms
        self._remembered = remembered
        self._known: dict[str, _Known] = {}  # who was asked for last stands last
        self._forgotten = 0
        self._asks: Gather[str, Person | None] = Gather(self._ask)

    def known(self, person: str) -> Person | None:
        known = self._known.get(person)
        if known is None or self._clock() >= known.asked_at_s + FRESH_S:
            return None
        self._known[person] = self._known.pop(person)
        return known.person

    async def person(self, person: str) -> Person | None:
        return self.known(person) or await self._asks(person)

    async def named(self, handles: Sequence[str]) -> dict[str, str]:
        return await self._database.read(lambda session: named(session, handles))

    def forget(self, person: str) -> None:
        """Ask the journal again for this person: something about them has changed."""
        self._known.pop(person, None)
        self._forgotten += 1

    async def close(self) -> None:
        """Return when no ask is under way."""
        await self._asks.close()

    async def _ask(self, people: list[str]) -> list[Person | None]:
        asked_at, forgotten = self._clock(), self._forgotten
        wanted = sorted(set(people))
        found = await self._database.read(lambda session: with_interests(session, wanted, self._now_ms()))
        # What was read before a `forget` may be what is to be forgotten.
        if forgotten == self._forgotten:
            self._remember(asked_at, found.values())
        return [found.get(person) for person in people]

    def _remember(self, asked_at: float, people: Iterable[Person]) -> None:
        for person in people:
            self._known.pop(person.id, None)
            self._known[person.id] = _Known(asked_at, person)
        while len(self._known) > self._remembered:
            del self._known[next(iter(self._known))]


def _row(person: Person, created_at: int) -> dict[str, object]:
    _check(person)
    return {
        **{name: getattr(person, name) for name in FIELDS},
        "looks": looks(person.handle),
        "created_at": created_at,
    }


def _check(person: Person) -> None:
    if (wrong := handles.wrong_with(person.handle)) is not None:
        raise ValueError(wrong)
    if not _country.fullmatch(person.country):
        raise ValueError("A country is two capital letters of ISO 3166-1, for example NO.")
    if person.role not in TIERS:
        raise ValueError(f"`{person.role}` is no role. Take one of {', '.join(TIERS)}.")
    lowest, highest = TIERS[person.role]
    if not lowest <= person.tier <= highest:
        raise ValueError(f"The tier of a {person.role} is {lowest} to {highest}, not {person.tier}.")


def _changed(session: Session, row: tables.Person, person: Person) -> Person:
    """Who was there before handles that look alike were refused may look like another: that stays."""
    row.sqlmodel_update(_row(person, row.created_at) | {"looks": row.looks})
    session.add(row)
    return person


def _existing(session: Session, person: str) -> tables.Person:
    """The row to be changed. Raises `ValueError`."""
    row = _held(session, person)
    if row is None:
        raise ValueError(f"There is no person with the id `{person}`.")
    return row


def _held(session: Session, person: str) -> tables.Person | None:
    # What changes nothing of an old reading is not written: it would leave what another is writing at this moment.
    # Rows that only refer to a person are inserted meanwhile.
    lock = {"key_share": True}
    return session.get(tables.Person, person, with_for_update=lock, populate_existing=True)


def _person(row: tables.Person) -> Person:
    """Thousands share a specialty, a country, a kind: each such text is kept once."""
    values = {name: getattr(row, name) for name in FIELDS}
    return msgspec.convert(values | {name: intern(values[name]) for name in _shared}, Person)


def _taken(handle: str) -> ValueError:
    return ValueError(f"The handle `{handle}` is taken, or looks like one that is. Choose another.")
