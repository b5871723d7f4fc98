"""The tables of the audit. Times are Unix ms; digests are 32 bytes."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Audit(SQLModel, table=True):
    """One line: who did what to what, from where, why, and what came of it. Never what a patient or a doctor wrote.

    `digest` is that of `persistence.audit.chain.link`. `address` is of the client, `reason` what they were asked for,
    `subject` what the line is about where that is no room.
    """

    __table_args__ = (Index("audit_at", "at", "chain", "number"), Index("audit_of_room", "room", "at"))

    chain: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger)
    person: str
    act: str
    room: str
    detail: str
    outcome: str
    address: str
    reason: str
    subject: str
    digest: bytes


class AuditChain(SQLModel, table=True):
    """The chain of one process that wrote lines: where it ends.

    `witnessed` is its last number in a checkpoint. Lines up to `cut` were removed, as a checkpoint says.
    """

    chain: str = Field(primary_key=True)
    began_at: int = Field(sa_type=BigInteger)
    number: int = Field(sa_type=BigInteger)
    digest: bytes
    witnessed: int = Field(default=0, sa_type=BigInteger)
    cut: int = Field(default=0, sa_type=BigInteger)


class Checkpoint(SQLModel, table=True):
    """A signed statement of where chains and rooms ended. `statement` and `heads` are canonical msgpack."""

    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: int = Field(sa_type=BigInteger, index=True)
    statement: bytes
    heads: bytes


class Erased(SQLModel, table=True):
    """An event whose words were lawfully erased: its hash in the chain, and what is left of its body."""

    room: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger, index=True)
    hash: bytes
    left: bytes


class WitnessedRoom(SQLModel, table=True):
    """The last `seq` of a room that is in a checkpoint."""

    room: str = Field(primary_key=True)
    seq: int = Field(sa_type=BigInteger)
