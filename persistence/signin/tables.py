"""The tables of sign-in. Times are Unix ms. No secret stands here that could be used as it is read."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Session(SQLModel, table=True):
    """A session of a browser, or a token of a program: what its owner sees and can end.

    Requests are never checked against it: what counts is the signed value, and the set of revoked ones.
    `way`: password, passkey, hospital, demo, setup; token. `scopes`: of a token, apart by spaces. `digest`: SHA-256 of
    a token. `active_at`: when its person last did something, to the minute.
    """

    __table_args__ = (Index("session_active", "active_at", "person"),)

    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    way: str
    name: str = ""
    scopes: str = ""
    digest: bytes | None = None
    address: str = ""
    agent: str = ""
    created_at: int = Field(sa_type=BigInteger)
    active_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger, index=True)


class Passkey(SQLModel, table=True):
    """A WebAuthn credential: its id and public key, and what it said of itself when it was last used."""

    id: bytes = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    name: str
    public_key: bytes
    uses: int = Field(sa_type=BigInteger)
    transports: str = ""
    backed_up: bool
    created_at: int = Field(sa_type=BigInteger)
    used_at: int | None = Field(default=None, sa_type=BigInteger)


class Authenticator(SQLModel, table=True):
    """The secret of a person's authenticator app, sealed in the vault.

    `confirmed_at`: None until a first code has shown that the app has it. `last_step`: the time step of the newest code
    that was taken. `wrong`: codes that did not fit since then.
    """

    person: str = Field(primary_key=True, foreign_key="person.id")
    secret: bytes
    confirmed_at: int | None = Field(default=None, sa_type=BigInteger)
    last_step: int = Field(default=0, sa_type=BigInteger)
    wrong: int = 0


class Recovery(SQLModel, table=True):
    """A recovery code that was not used yet, as its SHA-256: it has 80 random bits."""

    digest: bytes = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)


class Setup(SQLModel, table=True):
    """A code that an operator gave a person, with which they set up their sign-in anew; as its SHA-256."""

    person: str = Field(primary_key=True, foreign_key="person.id")
    digest: bytes
    expires_at: int = Field(sa_type=BigInteger)


class Hospital(SQLModel, table=True):
    """The account of a person with a hospital's provider: `subject` is theirs there (OpenID Connect Core §5.7)."""

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    linked_at: int = Field(sa_type=BigInteger)


class Spent(SQLModel, table=True):
    """A challenge or state that was answered: it counts once, on all nodes. Of no more use after `expires_at`."""

    digest: bytes = Field(primary_key=True)
    expires_at: int = Field(sa_type=BigInteger, index=True)
