"""The tables of credibility: what was scored in which case, and what it comes to by person. Times: Unix ms."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class ScoredItem(SQLModel, table=True):
    """`realtime.rooms.credibility.item.Item` of a case. `forecasts`: msgpack of pairs of probability and hit."""

    __tablename__ = "scored_item"
    __table_args__ = (Index("scored_item_of_person", "person", "specialty", "kind", "at"),)

    room: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    person: str
    specialty: str
    kind: str
    at: int = Field(sa_type=BigInteger)
    outcome: str
    score: int
    loss: int | None
    forecasts: bytes


class Credibility(SQLModel, table=True):
    """What the items of a person, specialty and kind come to. Scores are in thousandths; none where there is no row."""

    __table_args__ = (Index("credibility_of_specialty", "specialty", "kind"),)

    person: str = Field(primary_key=True)
    specialty: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    n: int
    sum: int = Field(sa_type=BigInteger)
    squares: int = Field(sa_type=BigInteger)
