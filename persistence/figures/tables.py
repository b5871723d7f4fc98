"""The tables of figures: what each closed or open case adds to them, and what that comes to by month. Times are ms.

`month` is that of a case's opening, as `2026-11`, UTC. In cells `*` stands for all acuities, specialties or countries
together; cells are made anew from the rows of their month (`persistence.figures.making`).
"""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class CaseWait(SQLModel, table=True):
    """An interval of a case that has ended."""

    __tablename__ = "case_wait"
    __table_args__ = (Index("case_wait_of_month", "month", "room"),)

    room: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    acuity: str
    specialty: str
    country: str
    month: str
    ms: int = Field(sa_type=BigInteger)


class CaseTally(SQLModel, table=True):
    """`realtime.rooms.tallies.Tally` of one measure of a case."""

    __tablename__ = "case_tally"
    __table_args__ = (Index("case_tally_of_month", "month", "room"),)

    room: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    acuity: str
    specialty: str
    country: str
    month: str
    n: int
    hits: int
    sum: int = Field(sa_type=BigInteger)


class CasePart(SQLModel, table=True):
    """`realtime.rooms.parts.Part` of one person in a case. What they are in their account is not kept here."""

    __tablename__ = "case_part"
    __table_args__ = (Index("case_part_of_month", "month", "room"),)

    room: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    acuity: str
    month: str
    asked: bool
    answered: bool
    opinions: int
    hits: int
    brier: int


class CaseShown(SQLModel, table=True):
    """As what a case counts in the months of those outside, and to whom it may be shown.

    `switch`: canonical msgpack of `realtime.rooms.case.ObserverSwitch`; None where observers are off.
    """

    __tablename__ = "case_shown"
    __table_args__ = (Index("case_shown_of_month", "month", "room"),)

    room: str = Field(primary_key=True)
    acuity: str
    specialty: str
    month: str
    switch: bytes | None
    closed_at: int | None = Field(sa_type=BigInteger)


class WaitCell(SQLModel, table=True):
    """What the intervals of one measure and month come to."""

    __tablename__ = "wait_cell"
    __table_args__ = (Index("wait_cell_of_month", "month"),)

    acuity: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    country: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    n: int
    median_ms: int = Field(sa_type=BigInteger)
    p90_ms: int = Field(sa_type=BigInteger)
    sum_ms: int = Field(sa_type=BigInteger)


class WaitBucket(SQLModel, table=True):
    """How many intervals of one acuity and specialty are in a bucket; none where there is no row."""

    __tablename__ = "wait_bucket"

    month: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    acuity: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    bucket: int = Field(primary_key=True)
    n: int


class TallyCell(SQLModel, table=True):
    """The sums of one measure and month, of so many cases."""

    __tablename__ = "tally_cell"
    __table_args__ = (Index("tally_cell_of_month", "month"),)

    acuity: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    country: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    cases: int
    n: int
    hits: int
    sum: int = Field(sa_type=BigInteger)


class ThirdCell(SQLModel, table=True):
    """What verified physicians did in a month who are in one third by how often they were asked.

    `specialty` and `country` are theirs, `acuity` is the cases'. `third`: least, middle, most. `asked`, `answered`: how
    often, all of them together. `opinions`, `hits`, `brier`: as in `CasePart`.
    """

    __tablename__ = "third_cell"
    __table_args__ = (Index("third_cell_of_month", "month"),)

    acuity: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    country: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    third: str = Field(primary_key=True)
    people: int
    cases: int
    asked: int
    answered: int
    opinions: int
    hits: int
    brier: int = Field(sa_type=BigInteger)


class FigureMonth(SQLModel, table=True):
    """A month that there are rows of. `version` grows with each change of them; `made`: of which one its cells are.

    `shown`: of which version `cases` is, `persistence.figures.shown.packed`; None while the month has not ended.
    """

    __tablename__ = "figure_month"

    month: str = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    made: int = Field(sa_type=BigInteger)
    shown: int | None = Field(default=None, sa_type=BigInteger)
    cases: bytes | None = None
