"""The tables of moderation. Times are Unix ms. `change`: the number of a row's last change, None until counted."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Flag(SQLModel, table=True):
    """What somebody told the moderators of a post. `digest` tells whether a repeat of `id` says the same.

    `told`: the room was warned as well. `decision`: upheld or dismissed, for all flags of a post at once.
    """

    __table_args__ = (Index("flag_open", "decided_at", "at"), Index("flag_of_post", "room", "target"))

    room: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    target: str
    reason: str
    note: str | None
    person: str
    role: str
    kind: str
    told: bool
    digest: bytes
    at: int = Field(sa_type=BigInteger)
    decided_at: int | None = Field(default=None, sa_type=BigInteger)
    decided_by: str | None = None
    decision: str | None = None
    decision_reason: str | None = None


class Sanction(SQLModel, table=True):
    """What a moderator imposed on a person: warn, mute, suspend or ban. `until` is None where it has no end."""

    id: str = Field(primary_key=True)
    person: str = Field(index=True)
    kind: str
    reason: str
    by: str
    at: int = Field(sa_type=BigInteger)
    until: int | None = Field(sa_type=BigInteger)
    lifted_at: int | None = Field(default=None, sa_type=BigInteger)
    lifted_by: str | None = None
    lifted_reason: str | None = None
    touched_at: int = Field(sa_type=BigInteger)
    change: int | None = Field(default=None, sa_type=BigInteger, index=True)


class Notice(SQLModel, table=True):
    """What one person is told wherever they are, until they have seen it or it has ended. Never what a patient has.

    `route_at`: since when it waits for its way by other channels; None once that is found.
    """

    __table_args__ = (Index("notice_unseen", "person", "seen_at"), Index("notice_of_room", "room"))

    id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    kind: str
    room: str | None
    text: str
    page: str | None = None
    acuity: str | None = None
    deadline_at: int | None = Field(default=None, sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger)
    delivered_at: int | None = Field(default=None, sa_type=BigInteger)
    seen_at: int | None = Field(default=None, sa_type=BigInteger)
    route_at: int | None = Field(default=None, sa_type=BigInteger, index=True)
    ended: str | None = None
    touched_at: int = Field(sa_type=BigInteger)
    change: int | None = Field(default=None, sa_type=BigInteger, index=True)


class RoomEntry(SQLModel, table=True):
    """That a moderator entered a case whose reach does not let them in, and the reason that they gave."""

    __tablename__ = "room_entry"
    __table_args__ = (Index("room_entry_of", "room", "person", "at"),)

    id: str = Field(primary_key=True)
    room: str
    person: str
    reason: str
    at: int = Field(sa_type=BigInteger)


class Endorsement(SQLModel, table=True):
    """In how many sealed rooms `by` agreed with `author`, and how often in all."""

    by: str = Field(primary_key=True)
    author: str = Field(primary_key=True)
    rooms: int
    posts: int


class Counted(SQLModel, table=True):
    """A sealed room whose endorsements are counted."""

    room: str = Field(primary_key=True)


class LastChange(SQLModel, table=True):
    """Up to which number the changes of a table are counted."""

    name: str = Field(primary_key=True)
    change: int = Field(sa_type=BigInteger)
