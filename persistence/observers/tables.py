"""The tables of observers: institutions, their agreements, and what their observers were shown."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Institution(SQLModel, table=True):
    """Who observes, and on which plan. `agreement`: the version in force, 0 while there is none.

    `purposes`: codes, separated by spaces. `products`: one a line. `used_ms`: listened to since `term_start`.
    """

    name: str = Field(primary_key=True)
    kind: str
    purposes: str
    products: str = ""
    seats: int
    hours: int
    term_start: int = Field(sa_type=BigInteger)
    term_end: int = Field(sa_type=BigInteger)
    embargo_days: int = 0
    agreement: int = 0
    used_ms: int = Field(default=0, sa_type=BigInteger)
    suspended_at: int | None = Field(default=None, sa_type=BigInteger)
    suspended_why: str = ""
    created_at: int = Field(sa_type=BigInteger)


class Agreement(SQLModel, table=True):
    """One version of an institution's data-use agreement: its text, or where that is kept; `digest` is its SHA-256.

    `uses`: codes of the purposes that it permits, separated by spaces. In force from `begins_at` to `ends_at`.
    """

    institution: str = Field(primary_key=True, foreign_key="institution.name")
    version: int = Field(primary_key=True)
    text: str = ""
    place: str = ""
    digest: bytes
    uses: str
    begins_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    made_at: int = Field(sa_type=BigInteger)


class Acceptance(SQLModel, table=True):
    """That an observer has accepted this version."""

    person: str = Field(primary_key=True)
    institution: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)


class Stretch(SQLModel, table=True):
    """What one observer was shown of one room: events `after` + 1 to `upto`. A row stands before the first byte left.

    `upto` and `listened_until` are as of the last report, each minute and at the end. `way`: stream, or read.
    """

    __table_args__ = (
        Index("stretch_of_room", "room", "began_at"),
        Index("stretch_of_institution", "institution", "began_at"),
    )

    id: str = Field(primary_key=True)
    person: str
    institution: str
    kind: str
    agreement: int
    room: str
    way: str
    after: int = Field(sa_type=BigInteger)
    upto: int = Field(sa_type=BigInteger)
    began_at: int = Field(sa_type=BigInteger)
    listened_until: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)


class SeatsHeld(SQLModel, table=True):
    """How many seats an institution holds on one node, and what they listened to that is not in `used_ms` yet."""

    node: str = Field(primary_key=True)
    institution: str = Field(primary_key=True)
    seats: int
    unreported_ms: int = Field(sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger, index=True)


class AdverseEvent(SQLModel, table=True):
    """A suspected adverse event with its four elements (ICH E2B): patient, reporter, product, event.

    `patient`: age band and sex, nothing more. `reporter`: their role and specialty; `reported_by` is for us.
    """

    id: str = Field(primary_key=True)
    room: str = Field(index=True)
    post: str
    patient: str
    reporter: str
    reported_by: str
    product: str
    event: str
    reported_at: int = Field(sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger, index=True)


class AdverseNotice(SQLModel, table=True):
    """That an institution which declared the product is to acknowledge an adverse event, and who did when."""

    event: str = Field(primary_key=True, foreign_key="adverseevent.id")
    institution: str = Field(primary_key=True, index=True)
    acknowledged_by: str | None = None
    acknowledged_at: int | None = Field(default=None, sa_type=BigInteger)
