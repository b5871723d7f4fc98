"""Who people really are, held apart: sealed by the vault, opened by a moderator with a reason, who is told of."""

import msgspec
from sqlmodel import Session, col, delete, select

from persistence.insert import insert_new
from persistence.moderation.notices import notify
from persistence.people import new_id
from persistence.verification import tables
from persistence.verification.formats import format_of
from persistence.verification.keys import Keys
from realtime.rooms.licences import normal
from realtime.rooms.notices import Notice
from realtime.rooms.wordless import wordless


class Identity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person as they say that they are. `country` is the licence's; `number` as they wrote it."""

    __repr__ = wordless

    family: str
    given: str
    email: str = ""
    country: str = ""
    register: str = ""
    number: str = ""

    def same_person(self, other: "Identity") -> bool:
        """Whether the other says the same of everything that is verified: all but the address."""
        return msgspec.structs.replace(self, email="") == msgspec.structs.replace(other, email="")

    @property
    def name(self) -> str:
        """The name as one says it."""
        return f"{self.given} {self.family}".strip()


class Opened(msgspec.Struct, frozen=True):
    """That `by` opened an identity at `at` (Unix ms), and the reason that they gave."""

    by: str
    at: int
    reason: str


def keep(session: Session, keys: Keys, person: str, said: Identity, now_ms: int) -> str | None:
    """Keep who `person` is, and their claim of the licence; who else holds it already, or None.

    A licence that somebody else holds stays theirs: a moderator decides.
    """
    before, row = identity(session, keys, person), session.get(tables.Identity, person)
    since = row.at if row is not None and before is not None and before.same_person(said) else now_ms
    sealed = keys.vault.sealed(msgspec.msgpack.encode(said), f"identity {person}")
    session.merge(tables.Identity(person=person, sealed=sealed, at=since))
    digest = _digest(keys, said)
    held = tables.Licence
    session.execute(delete(held).where(col(held.person) == person, col(held.digest) != (digest or b"")))
    if digest is None:
        return None
    # Of two who claim one licence at once the second waits for the first, and finds it held.
    insert_new(session, held, [{"digest": digest, "person": person, "at": now_ms}], ("digest",))
    return holder(session, keys, person)


def holder(session: Session, keys: Keys, person: str) -> str | None:
    """Who else holds the licence that this person claims."""
    claimed = readable(session, keys, person)
    digest = _digest(keys, claimed) if claimed else None
    held = session.get(tables.Licence, digest) if digest is not None else None
    return held.person if held is not None and held.person != person else None


def identity(session: Session, keys: Keys, person: str) -> Identity | None:
    """Who this person is, for what they do themselves and for the checks that nobody reads. Others: `open_for`.

    Raises `ValueError` as the vault.
    """
    row = session.get(tables.Identity, person)
    if row is None:
        return None
    return msgspec.msgpack.decode(keys.vault.opened(row.sealed, f"identity {person}"), type=Identity)


def readable(session: Session, keys: Keys, person: str) -> Identity | None:
    """As `identity`; None too where it was sealed with another key or damaged: whoever looks at many goes on."""
    try:
        return identity(session, keys, person)
    except (ValueError, msgspec.DecodeError):
        return None


def said_at(session: Session, person: str) -> int | None:
    """Since when this person says of themselves what is to be verified (Unix ms)."""
    row = session.get(tables.Identity, person)
    return row.at if row is not None else None


def open_for(session: Session, keys: Keys, person: str, by: str, reason: str, now_ms: int) -> Identity | None:
    """Who this person is, for a moderator: the opening and its reason are kept, and the person is shown them."""
    found = identity(session, keys, person)
    if found is not None:
        id = new_id()
        sealed = keys.sealed(reason, f"opening {id}")
        text = "A moderator has looked at who you are. Your page says why."
        notify(session, [Notice(id=id, person=person, kind="verification", text=text, at=now_ms)])
        session.add(tables.Opening(id=id, person=person, by=by, at=now_ms, sealed=sealed))
    return found


def openings(session: Session, keys: Keys, person: str) -> list[Opened]:
    """Who has opened this person's identity, newest first."""
    row = tables.Opening
    wanted = select(row).where(col(row.person) == person).order_by(col(row.at).desc())
    return [Opened(one.by, one.at, keys.opened(one.sealed, f"opening {one.id}")) for one in session.exec(wanted)]


def opened_since(session: Session, person: str, by: str, since_ms: int) -> bool:
    """Whether this moderator has opened this person's identity since then."""
    row = tables.Opening
    wanted = select(row.id).where(col(row.person) == person, col(row.by) == by, col(row.at) >= since_ms)
    return session.exec(wanted).first() is not None


def hand_over(session: Session, keys: Keys, person: str, now_ms: int) -> str | None:
    """Give the licence that `person` claims to them; from whom it was taken, or None."""
    claimed = identity(session, keys, person)
    digest = _digest(keys, claimed) if claimed else None
    if digest is None:
        return None
    former = holder(session, keys, person)
    session.merge(tables.Licence(digest=digest, person=person, at=now_ms))
    return former


def _digest(keys: Keys, identity: Identity) -> bytes | None:
    if not identity.number:
        return None
    written = normal(identity.number, format_of(identity.country, identity.register))
    return keys.licence(identity.country, identity.register, written)
