"""The tables of who can be reached: what people say of themselves, rosters, and whom pages interrupted. Unix ms."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class ReachProfile(SQLModel, table=True):
    """When and how often a person wants to be reached. Who has none is reached at any time.

    `languages`: codes, apart by spaces. `hours`: JSON of `hours.WeeklySpan`. `quiet_from`, `quiet_to`: by the clock of
    `zone`, empty where there are no quiet hours. `undisturbed_until`: do not disturb. `per_hour`: their own limit.
    """

    __tablename__ = "reach_profile"

    person: str = Field(primary_key=True, foreign_key="person.id")
    languages: str = ""
    zone: str
    hours: str = ""
    quiet_from: str = ""
    quiet_to: str = ""
    undisturbed_until: int | None = Field(default=None, sa_type=BigInteger)
    per_hour: int | None = None
    stat_through: bool = False
    changed_at: int = Field(sa_type=BigInteger)


class ReachSpecialty(SQLModel, table=True):
    """A specialty for which a person wants to be asked. Who has none is asked for the one of their account."""

    __tablename__ = "reach_specialty"
    __table_args__ = (Index("reach_specialty_of", "specialty", "person"),)

    person: str = Field(primary_key=True, foreign_key="person.id")
    specialty: str = Field(primary_key=True)


class Roster(SQLModel, table=True):
    """Who of an institution is on call for a specialty, by the clock of `zone`."""

    __table_args__ = (UniqueConstraint("institution", "name", name="roster_name"),)

    id: str = Field(primary_key=True)
    institution: str
    name: str
    specialty: str
    zone: str
    created_at: int = Field(sa_type=BigInteger)


class RosterShift(SQLModel, table=True):
    """One person's shift: local times, once (`every_weeks` 0) or again, until a day (excluded) where one is named.

    `id` is a digest of all that it says. `starts_at`, `ends_at`: when it first starts and last ends.
    """

    __tablename__ = "roster_shift"

    id: str = Field(primary_key=True)
    roster: str = Field(foreign_key="roster.id", index=True)
    person: str = Field(foreign_key="person.id", index=True)
    starts: str
    ends: str
    every_weeks: int = 0
    until: str = ""
    starts_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger, index=True)


class RosterKeeper(SQLModel, table=True):
    """That a person keeps the rosters of an institution."""

    __tablename__ = "roster_keeper"

    institution: str = Field(primary_key=True)
    person: str = Field(primary_key=True, foreign_key="person.id", index=True)


class Interruption(SQLModel, table=True):
    """That a page interrupted a person: once, however often it is sent."""

    __table_args__ = (Index("interruption_recent", "at", "person"),)

    page: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)
