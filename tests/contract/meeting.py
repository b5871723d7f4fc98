"""Two transactions of PostgreSQL that meet: one begins when the other is half done."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.util import await_only
from sqlmodel import Session as Sql

from persistence.postgres import Postgres

Act = Callable[[Sql], Any]
_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


async def met(database: Postgres, first: Act, other: Act, then: Act = lambda _: None) -> Any:
    """What comes of `other`, or the error, which begins between `first` and `then`, both of one transaction.

    That goes on once `other` is done, or waits for it.
    """

    def halves(sql: Sql) -> "asyncio.Task[Any]":
        first(sql)
        sql.flush()
        task = asyncio.get_running_loop().create_task(database.write(other))
        await_only(_stopped(database, task))
        then(sql)
        return task

    outcomes = await asyncio.gather(await database.write(halves), return_exceptions=True)
    return outcomes[0]


async def _stopped(database: Postgres, task: "asyncio.Task[Any]") -> None:
    while not task.done() and not await database.read(lambda sql: sql.execute(_WAITING).scalar_one()):
        pass
