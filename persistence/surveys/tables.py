"""The tables of surveys. Times are Unix ms."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class SurveyRow(SQLModel, table=True):
    """A survey; `wish` is what is asked of whom and when, as JSON."""

    __tablename__ = "survey"
    __table_args__ = (Index("survey_until", "closes_at"),)

    id: str = Field(primary_key=True)
    wish: bytes
    opened_by: str
    institution: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    closes_at: int = Field(sa_type=BigInteger)
    approved_at: int | None = Field(default=None, sa_type=BigInteger)
    approved_by: str | None = None
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    ended_by: str | None = None


class SurveyAnswer(SQLModel, table=True):
    """What a person answered, `counted_in`: their group; `answers`, JSON, is None where they declined."""

    __tablename__ = "survey_answer"

    survey: str = Field(primary_key=True, foreign_key="survey.id")
    person: str = Field(primary_key=True)
    counted_in: str
    answers: bytes | None = None
    at: int = Field(sa_type=BigInteger)
