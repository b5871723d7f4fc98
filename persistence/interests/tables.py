"""The tables of interests: what people declare, in rows that are only ever added, and what Open Payments says."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class InterestEntry(SQLModel, table=True):
    """What a person said of an interest. `act`: declared, changed, withdrawn; `about`: the entry that it follows.

    `products`: JSON, a list. `since`, `until`: days, months or years of ISO 8601; no `until`: it goes on.
    """

    __tablename__ = "interest_entry"

    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    at: int = Field(sa_type=BigInteger)
    act: str
    about: str | None = Field(default=None, unique=True)
    payer: str
    payer_kind: str
    payer_id: str = ""
    nature: str
    products: str = "[]"
    since: str
    until: str = ""
    band: str


class OpenPayment(SQLModel, table=True):
    """One record of Open Payments of somebody whom we know. `npi`: the keyed digest under which licences are held.

    `batch`: the import that had it last. A `disputed` one counts nowhere.
    """

    __tablename__ = "open_payment"
    __table_args__ = (Index("open_payment_of", "npi", "year"),)

    record: str = Field(primary_key=True)
    npi: bytes
    year: int
    payer_id: str
    payer: str
    nature: str
    cents: int = Field(sa_type=BigInteger)
    payments: int
    paid_on: str
    products: str = "[]"
    disputed: bool
    batch: int = Field(sa_type=BigInteger)


class PayerYear(SQLModel, table=True):
    """What one payer gave one person in one programme year, without what is disputed.

    `natures`: JSON, cents by nature, the largest first. `products`: JSON, a list, the most often named first.
    """

    __tablename__ = "payer_year"

    npi: bytes = Field(primary_key=True)
    year: int = Field(primary_key=True)
    payer_id: str = Field(primary_key=True)
    payer: str
    cents: int = Field(sa_type=BigInteger)
    payments: int
    natures: str
    products: str = "[]"
