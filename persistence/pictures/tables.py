"""The table of pictures: who brought which into what room, what it is, and who has looked at it."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Picture(SQLModel, table=True):
    """A picture as it was made anew; its file has its `id` as name. Times are Unix ms, `width` and `height` px.

    `checked_by` has looked at it and said that it identifies nobody. `event`: the post that has it, once the worker has
    seen it in the log; what none has after a day is removed.
    """

    __table_args__ = (
        Index("picture_brought", "room", "person"),
        Index("picture_unused", "event", "created_at"),
    )

    id: str = Field(primary_key=True)
    room: str
    person: str
    type: str
    width: int
    height: int
    bytes: int
    sha256: str
    created_at: int = Field(sa_type=BigInteger)
    checked_by: str | None = None
    checked_at: int | None = Field(default=None, sa_type=BigInteger)
    event: str | None = None
