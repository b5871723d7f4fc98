"""The tables of channels. Times are Unix ms."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Channel(SQLModel, table=True):
    """One way to reach a person or, by a webhook, an institution's own system: exactly one of both is named.

    `sealed`: the address, by the vault; `digest`: the same address has the same. `notices`: the kinds for which it is
    wanted, separated by spaces; None for all. `disabled_why`: the class of an error.
    """

    __table_args__ = (UniqueConstraint("person", "institution", "digest", name="channel_address"),)

    id: str = Field(primary_key=True)
    person: str = ""
    institution: str = Field(default="", index=True)
    kind: str
    label: str
    sealed: bytes
    digest: bytes = Field(index=True)
    notices: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    verified_at: int | None = Field(default=None, sa_type=BigInteger)
    disabled_at: int | None = Field(default=None, sa_type=BigInteger)
    disabled_why: str | None = None


class ChannelCode(SQLModel, table=True):
    """The code that proves a mailbox or a number, by its digest."""

    __tablename__ = "channel_code"

    channel: str = Field(primary_key=True)
    digest: bytes
    expires_at: int = Field(sa_type=BigInteger)
    tries_left: int


class Delivery(SQLModel, table=True):
    """One notice on its way to one person by one channel. `at`: when there was something to tell.

    `state`: waiting, sent, failed (refused for good), given_up (too late), skipped (needless). `next_at`: of the next
    attempt, or of the end of the lease while somebody is at it. `error`: its class, never what a server said.
    """

    __table_args__ = (
        Index("delivery_due", "state", "next_at"),
        Index("delivery_of_channel", "channel", "sent_at"),
    )

    notice: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    kind: str
    state: str
    at: int = Field(sa_type=BigInteger, index=True)
    next_at: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    unless: str | None = None
    gathered: bool = False
    attempts: int = 0
    sent_at: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None


class DeliveryCount(SQLModel, table=True):
    """How many deliveries of a kind ended so; of those that were sent, within how many seconds of the notice."""

    __tablename__ = "delivery_count"

    kind: str = Field(primary_key=True)
    state: str = Field(primary_key=True)
    within_s: int = Field(primary_key=True)
    count: int = Field(sa_type=BigInteger)
    total_ms: int = Field(sa_type=BigInteger)
