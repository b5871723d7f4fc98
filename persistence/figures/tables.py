"""The tables of figures: how long each case waited for what, and what that comes to. Times are ms."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class CaseWait(SQLModel, table=True):
    """An interval of a case that has ended. `month` is that of its opening, as `2026-11`, UTC."""

    __tablename__ = "case_wait"
    __table_args__ = (Index("case_wait_of_month", "measure", "month", "acuity", "specialty"),)

    room: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    acuity: str
    specialty: str
    month: str
    ms: int = Field(sa_type=BigInteger)


class WaitCell(SQLModel, table=True):
    """What the intervals of one measure and month come to; `acuity` and `specialty` are `*` for all together."""

    __tablename__ = "wait_cell"

    month: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    acuity: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    n: int
    median_ms: int = Field(sa_type=BigInteger)
    p90_ms: int = Field(sa_type=BigInteger)
    sum_ms: int = Field(sa_type=BigInteger)


class WaitBucket(SQLModel, table=True):
    """How many intervals of a cell of one acuity and specialty are in a bucket; none where there is no row."""

    __tablename__ = "wait_bucket"

    month: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    acuity: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    bucket: int = Field(primary_key=True)
    n: int
