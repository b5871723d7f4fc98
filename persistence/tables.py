"""The tables. Times are Unix ms; `bytes` are kept as they were hashed, signed or drawn, never encoded again."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Person(SQLModel, table=True):
    """Someone with an account, as verified. `role`: clinician, physician, observer, moderator; `tier` 0 to 3.

    `name`: the real one, where they show it. `looks`: what the handle looks like (UTS 39): no two look the same.
    """

    __table_args__ = (Index("person_of_role", "role", "institution"), Index("person_of_specialty", "specialty"))

    id: str = Field(primary_key=True)
    handle: str = Field(unique=True, index=True)
    role: str
    specialty: str = ""
    country: str = ""
    tier: int = 0
    institution: str = ""
    network: str = ""
    kind: str = ""
    name: str = ""
    looks: str | None = Field(default=None, unique=True)
    created_at: int = Field(sa_type=BigInteger)


class Password(SQLModel, table=True):
    """The argon2 hash of a person's password."""

    person: str = Field(primary_key=True, foreign_key="person.id")
    hash: str


class Ticket(SQLModel, table=True):
    """A single-use ticket that has not been used yet, under the digest of its secret, and the session it stands for."""

    digest: bytes = Field(primary_key=True)
    person: str
    session: str
    session_expires_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    scopes: str


class Revoked(SQLModel, table=True):
    """A session that was ended before its time; of no more use after `expires_at`."""

    session: str = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger, index=True)


class Room(SQLModel, table=True):
    """A room's head, its card, and what lists and the worker ask of it.

    `card` is canonical msgpack of `realtime.rooms.card.Card`. `touched_at` is when the card last changed. Records 1 to
    `sealed_upto` are in the archive; `addendum_since` is the time of an outcome after the close that is not yet.
    `owed_by` is who owes an outcome of it; `follow_up_at` when it is to be looked at whether somebody is to be told of
    one, `recount_at` when its figures are to be taken again: every change of the card says now.
    `rescore_at`: the same of what was said in it, once there is an outcome.
    `due_at`: when somebody is to look at what waits in the room (`persistence.paging`).
    """

    __table_args__ = (
        Index("room_listed", "status", "opened_at"),
        Index("room_to_seal", "status", "sealed_upto", "closed_at"),
    )

    id: str = Field(primary_key=True)
    status: str
    seq: int = Field(sa_type=BigInteger)
    head: bytes
    acuity: str
    reach: str
    institution: str | None
    network: str | None
    presenter: str
    opened_at: int = Field(sa_type=BigInteger)
    closed_at: int | None = Field(sa_type=BigInteger)
    touched_at: int = Field(sa_type=BigInteger, index=True)
    card: bytes
    claimed_by: str | None = None
    claimed_until: int | None = Field(default=None, sa_type=BigInteger)
    sealed_upto: int = Field(default=0, sa_type=BigInteger)
    addendum_since: int | None = Field(default=None, sa_type=BigInteger, index=True)
    owed_by: str | None = Field(default=None, index=True)
    follow_up_at: int | None = Field(default=None, sa_type=BigInteger, index=True)
    recount_at: int | None = Field(default=None, sa_type=BigInteger, index=True)
    rescore_at: int | None = Field(default=None, sa_type=BigInteger, index=True)
    due_at: int | None = Field(default=None, sa_type=BigInteger, index=True)


class Invitation(SQLModel, table=True):
    """That this person is invited into this room: the card says so too, but cannot be searched."""

    room: str = Field(primary_key=True)
    person: str = Field(primary_key=True, index=True)


class Event(SQLModel, table=True):
    """One record of a room's log. A lawful erasure sets a salt and its field to NULL; all else never changes."""

    __table_args__ = (UniqueConstraint("room", "id", name="event_id"),)

    room: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    id: str
    at: int = Field(sa_type=BigInteger)
    by: str | None
    author: bytes | None
    kind: str
    salt_by: bytes | None
    salt_body: bytes | None
    body: bytes | None
    command_digest: bytes | None
    digest: bytes


class Archive(SQLModel, table=True):
    """A seal over records 1 to `upto` of a room, or over what an addendum added, and the file that holds them.

    `manifest` is canonical msgpack; rows of version 0.1 have it in the file only.
    """

    room: str = Field(primary_key=True)
    addendum: int = Field(default=0, primary_key=True)
    upto: int = Field(sa_type=BigInteger)
    root: bytes
    key_id: str
    signature: bytes
    path: str
    sha256: bytes
    size_bytes: int = Field(sa_type=BigInteger)
    events: int
    sealed_at: int = Field(sa_type=BigInteger, index=True)
    manifest: bytes | None = None


class Trouble(SQLModel, table=True):
    """What keeps a room from being sealed. After three `tries` it is set aside. Never what somebody wrote.

    `kind`: chain, body, file or bug, which are this room's; folder, which is the archive's, and is not counted.
    `first_wrong`: the `seq` of the first wrong event. `at`: of the last try.
    """

    room: str = Field(primary_key=True)
    kind: str
    reason: str
    first_wrong: int | None = Field(default=None, sa_type=BigInteger)
    tries: int
    at: int = Field(sa_type=BigInteger)
