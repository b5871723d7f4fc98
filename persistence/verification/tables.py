"""Tables of who people are and how that was found out. `sealed` is encrypted by the vault: its key is not in here."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Identity(SQLModel, table=True):
    """Who a person really is: names, address of e-mail, licence, as sealed msgpack of `identities.Identity`."""

    person: str = Field(primary_key=True, foreign_key="person.id")
    sealed: bytes
    at: int = Field(sa_type=BigInteger)


class Licence(SQLModel, table=True):
    """That a person claims a licence, under a keyed digest of it: no two people can, and nobody can read it here."""

    digest: bytes = Field(primary_key=True)
    person: str = Field(index=True, foreign_key="person.id")
    at: int = Field(sa_type=BigInteger)


class Verification(SQLModel, table=True):
    """How far a person's verification is. `basis`: what the tier rests on; `until`: when it must be renewed."""

    person: str = Field(primary_key=True, foreign_key="person.id")
    confirmed_at: int | None = Field(default=None, sa_type=BigInteger)
    basis: str = ""
    until: int | None = Field(default=None, sa_type=BigInteger, index=True)
    noticed_at: int | None = Field(default=None, sa_type=BigInteger)


class MailCode(SQLModel, table=True):
    """The digest of the code that was sent to a person's address, and how often it may still be tried."""

    person: str = Field(primary_key=True, foreign_key="person.id")
    digest: bytes
    expires_at: int = Field(sa_type=BigInteger)
    tries_left: int


class Request(SQLModel, table=True):
    """A wish to be verified, or an appeal. `state`: open, asked (for more), decided, replaced.

    `about`: the decision that an appeal is against. `findings`: canonical msgpack of `tiers.Evidence`. `sealed`: what
    the person wrote. `contested`: the person who holds the licence that is claimed here.
    """

    __tablename__ = "verification_request"
    __table_args__ = (Index("verification_waiting", "state", "at"),)

    id: str = Field(primary_key=True)
    person: str = Field(index=True, foreign_key="person.id")
    kind: str
    state: str
    at: int = Field(sa_type=BigInteger)
    about: str | None = None
    contested: str | None = None
    findings: bytes
    sealed: bytes | None = None


class Decision(SQLModel, table=True):
    """What was decided of a person, by whom: a moderator, or `system`, `operator`, `vouches`. `sealed`: the reason."""

    __tablename__ = "verification_decision"

    id: str = Field(primary_key=True)
    person: str = Field(index=True, foreign_key="person.id")
    request: str | None = None
    at: int = Field(sa_type=BigInteger)
    by: str
    outcome: str
    tier_before: int
    tier: int
    sealed: bytes


class Document(SQLModel, table=True):
    """A document that a person gave: `kind` as its content shows. It is removed at `removed_at`, once that is set."""

    __tablename__ = "verification_document"

    id: str = Field(primary_key=True)
    person: str = Field(index=True, foreign_key="person.id")
    kind: str
    size_bytes: int
    at: int = Field(sa_type=BigInteger)
    removed_at: int | None = Field(default=None, sa_type=BigInteger, index=True)
    sealed: bytes


class Vouch(SQLModel, table=True):
    """That one verified physician answers for another person, and when they took it back."""

    voucher: str = Field(primary_key=True, foreign_key="person.id")
    vouched: str = Field(primary_key=True, index=True, foreign_key="person.id")
    at: int = Field(sa_type=BigInteger)
    revoked_at: int | None = Field(default=None, sa_type=BigInteger)


class Opening(SQLModel, table=True):
    """That a moderator opened somebody's identity, and why (`sealed`)."""

    __tablename__ = "identity_opening"

    id: str = Field(primary_key=True)
    person: str = Field(index=True, foreign_key="person.id")
    by: str
    at: int = Field(sa_type=BigInteger)
    sealed: bytes


class Register(SQLModel, table=True):
    """A register that was imported: its file's digest, how many entries, when. `batch` is the newest whole one."""

    country: str = Field(primary_key=True)
    roll: str = Field(primary_key=True)
    batch: int
    imported_at: int = Field(sa_type=BigInteger)
    entries: int
    sha256: bytes


class RegisterEntry(SQLModel, table=True):
    """One person in a register that is public. `names`: normalised, family then given, separated by `|`."""

    __tablename__ = "register_entry"
    __table_args__ = (Index("register_entry_of_batch", "country", "roll", "batch"),)

    country: str = Field(primary_key=True)
    roll: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    batch: int
    names: str
    specialty: str = ""
    licences: str = ""
    active: bool
