"""What has changed in a table since one looked last, by numbers: whose clock is wrong, and who commits late, is heard.

Who changes a row sets its `change` to None. Readers count what is not counted yet, each count after the one before it
is committed: whoever has read up to a number has read all before it.
"""

from contextlib import suppress
from typing import Final, Generic, NamedTuple, TypeVar

from sqlalchemy import or_, select
from sqlmodel import Session, col

from persistence.database import Database
from persistence.insert import insert_new
from persistence.moderation.tables import LastChange, Notice, Sanction
from realtime.errors import Unavailable

MOST_COUNTED: Final = 1_000
"""At once; the rest is counted with the next look."""

Row = TypeVar("Row", Notice, Sanction)


class News(NamedTuple, Generic[Row]):
    """What has changed, and the number to ask after next."""

    rows: list[Row]
    change: int


async def changed(database: Database, table: type[Row], after: int) -> News[Row]:
    """What has changed after the change of this number; what is counted just now comes once more."""
    found = await database.read(lambda session: news_after(session, table, after))
    if any(row.change is None for row in found.rows):
        # While nothing can be written, it comes again and again.
        with suppress(Unavailable):
            await database.write(lambda session: _count(session, table))
    return found


def news_after(session: Session, table: type[Row], after: int) -> News[Row]:
    """What has changed after the change of this number, and what is not counted yet."""
    change = col(table.change)
    rows = list(session.execute(select(table).where(or_(change > after, change.is_(None)))).scalars())
    return News(rows, max((row.change for row in rows if row.change is not None), default=after))


def last_change(session: Session, table: type[Row]) -> int:
    """Up to which number changes are counted. What this session reads from now on has all of them."""
    row = session.get(LastChange, table.__tablename__)
    return row.change if row is not None else 0


def _count(session: Session, table: type[Row]) -> None:
    """Number what is not. What another one is changing at this moment is left until that is committed."""
    name = str(table.__tablename__)
    insert_new(session, LastChange, [{"name": name, "change": 0}], ("name",))
    last = session.get_one(LastChange, name, with_for_update=True, populate_existing=True)
    wanted = select(table).where(col(table.change).is_(None)).limit(MOST_COUNTED).with_for_update(skip_locked=True)
    rows: list[Row] = list(session.execute(wanted).scalars())
    if rows:
        last.change += 1
        for row in rows:
            row.change = last.change
        session.add_all([last, *rows])
