"""The tables of awards. `award` is the ledger: its rows never change. Times are Unix ms, sums cents of `currency`."""

from typing import Final

from sqlalchemy import BigInteger, Index, UniqueConstraint, and_
from sqlmodel import Field, SQLModel, col


class AwardBudget(SQLModel, table=True):
    """What an institution may award in one calendar year (UTC). Who gives awards locks the row of their institution."""

    __tablename__ = "award_budget"

    institution: str = Field(primary_key=True, foreign_key="institution.name")
    year_cents: int = Field(sa_type=BigInteger)
    set_at: int = Field(sa_type=BigInteger)
    set_by: str


class AwardChain(SQLModel, table=True):
    """Where the ledger of one room ends. `looked_seq`: up to which event it was seen to what became of its awards.

    `told_at`: when its observers' copy shows the close: not before are payers told that anything was revealed.
    """

    __tablename__ = "award_chain"

    room: str = Field(primary_key=True)
    number: int
    head: bytes
    looked_seq: int = Field(default=0, sa_type=BigInteger)
    told_at: int | None = Field(default=None, sa_type=BigInteger)


class Award(SQLModel, table=True):
    """One sealed award: the `number`th of its room, given by `person` for the institution `payer` to `author`.

    `id` is the person's own name for it. `commitment` is what `realtime.rooms.awarding` makes of it with `nonce`, and
    `digest` its place in the chain.
    """

    __table_args__ = (
        UniqueConstraint("room", "person", "id", name="award_id"),
        Index("award_of_payer", "payer", "year"),
        Index("award_of_author", "author", "at"),
    )

    room: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    id: str
    target: str
    cents: int
    currency: str
    person: str
    payer: str
    author: str
    at: int = Field(sa_type=BigInteger)
    year: int
    nonce: bytes
    commitment: bytes
    digest: bytes


class AwardCourse(SQLModel, table=True):
    """What became of an award. `void`: why it is void, which its payer is told from `void_at` on.

    `revealed_at`: the room has closed. `named_at`: its author was told who pays. `answer`: accept or decline, with
    `way` (blind or identified) and `form` (cash, cme, charity). `payable_at`: an outcome is there. `paid_cents`: by the
    policy of the deployment. `export`: the number of the one that it went out with.
    """

    __tablename__ = "award_course"

    room: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    void: str | None = None
    void_at: int | None = Field(default=None, sa_type=BigInteger)
    revealed_at: int | None = Field(default=None, sa_type=BigInteger)
    named_at: int | None = Field(default=None, sa_type=BigInteger)
    answer: str | None = None
    way: str | None = None
    form: str | None = None
    answered_at: int | None = Field(default=None, sa_type=BigInteger)
    payable_at: int | None = Field(default=None, sa_type=BigInteger)
    paid_cents: int | None = None
    export: int | None = Field(default=None, index=True)


class AwardChoice(SQLModel, table=True):
    """What an author wants of every award until they say otherwise: blind or identified, and in which form."""

    __tablename__ = "award_choice"

    person: str = Field(primary_key=True, foreign_key="person.id")
    way: str
    form: str
    at: int = Field(sa_type=BigInteger)


class AwardExport(SQLModel, table=True):
    """Awards of one payer that are to be paid: `document` is JSON, signed as it is with the key of the seals."""

    __tablename__ = "award_export"

    number: int = Field(primary_key=True)
    payer: str = Field(index=True)
    year: int
    at: int = Field(sa_type=BigInteger)
    document: bytes
    key_id: str
    public_key: bytes
    signature: bytes


COURSE: Final = and_(col(AwardCourse.room) == col(Award.room), col(AwardCourse.number) == col(Award.number))
"""Which course is of which award."""
