"""Two writes at once to PostgreSQL, where the second comes while the first has not committed."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.util import await_only
from sqlmodel import Session

from persistence.postgres import Postgres

PATIENCE_S: Final = 5.0

Write = Callable[[Session], Any]


async def side_by_side(
    database: Postgres, first: Write, second: Write, then: Write = lambda _: None
) -> tuple[Any, Any]:
    """What the two return; of the second the error where it fails.

    `first` has written all, but for what it writes `then`, and commits once `second` waits for it, or has ended.
    """
    written, go_on = asyncio.Event(), asyncio.Event()

    def stopped(session: Session) -> Any:
        result = first(session)
        session.flush()
        written.set()
        await_only(go_on.wait())
        then(session)
        return result

    async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
        one = group.create_task(database.write(stopped))
        await written.wait()
        two = asyncio.ensure_future(asyncio.gather(database.write(second), return_exceptions=True))
        waits = False
        while not (waits or two.done()):
            waits = await database.read(_waits)
        go_on.set()
        (outcome,) = await two
    return one.result(), outcome


def _waits(session: Session) -> bool:
    """Whether somebody waits for a lock in this database."""
    wanted = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(session.connection().execute(text(wanted)).scalar_one())
