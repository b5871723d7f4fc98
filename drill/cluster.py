"""A deployment for many: Redis, PostgreSQL, two nodes and two workers, with lines between them that can be spoilt."""

import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Final, TypeVar

from drill.programs import postgres_programs
from drill.proxy import Proxy, proxied
from drill.servers import Postgres, Redis
from drill.site import Failure, Site, blocking, serving

UNIQUE: Final = "unique"
"""The name of one more defence, which is the database's: of each id a room has one event."""

NODES: Final = 2
WORKERS: Final = 2


class Cluster(Site):
    """`redis_line` and `database_line` stand between the processes and the servers; `stack` ends what is added."""

    def __init__(
        self,
        folder: Path,
        redis: Redis,
        postgres: Postgres,
        redis_line: Proxy,
        database_line: Proxy,
        database: str,
        stack: AsyncExitStack,
    ) -> None:
        self.stack = stack
        self.redis = redis
        self.postgres = postgres
        self.redis_line = redis_line
        self.database_line = database_line
        self._database = database
        self._unique = True
        settings = {
            "CURBSIDE_DATABASE_URL": _database_url(database_line.port, database),
            "CURBSIDE_REDIS_URL": f"redis://127.0.0.1:{redis_line.port}",
        }
        super().__init__(folder, NODES, WORKERS, settings)

    @property
    def database_url(self) -> str:
        """Of the database itself, past its line."""
        return _database_url(self.postgres.port, self._database)

    async def fail_over(self, to: Postgres) -> None:
        """Have every process talk to another PostgreSQL from now on."""
        self.postgres = to
        self.database_line.lead_to(to.port)
        await self.database_line.cut()

    async def leave_out(self, defences: Sequence[str]) -> None:
        if self._unique is (UNIQUE in defences):
            self._unique = not self._unique
            await self.sql(_UNIQUE_AGAIN if self._unique else _NOT_UNIQUE)
        await super().leave_out(defences)

    async def start(self) -> None:
        for line in (self.redis_line, self.database_line):
            line.heal()
        await blocking(self.redis.start)
        await blocking(self.postgres.start)
        await super().start()

    async def sql(self, statement: str) -> str:
        """What PostgreSQL answers, asked past the line as its administrator would. Raises `Failure`."""
        command = [str(postgres_programs() / "psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
        done = await blocking(
            lambda: subprocess.run(
                [*command, self.database_url, f"--command={statement}"], capture_output=True, text=True, check=False
            )
        )
        if done.returncode != 0:
            raise Failure(f"psql failed: {done.stderr.strip()[-500:]}")
        return str(done.stdout).strip()


_NOT_UNIQUE: Final = "ALTER TABLE event DROP CONSTRAINT event_id"
_UNIQUE_AGAIN: Final = """
    DELETE FROM event AS second USING event AS first
    WHERE second.room = first.room AND second.id = first.id AND second.seq > first.seq;
    ALTER TABLE event ADD CONSTRAINT event_id UNIQUE (room, id)
"""

C = TypeVar("C", bound=Cluster)


@asynccontextmanager
async def cluster(folder: Path, chance: Random, kind: type[C]) -> AsyncIterator[C]:
    """A site of this kind that serves while the context lasts. Raises `Missing` where a program is not installed."""
    async with AsyncExitStack() as stack:
        redis, postgres = Redis(), Postgres()
        for server in (redis, postgres):
            await blocking(server.__enter__)
            stack.push_async_callback(blocking, server.__exit__)
        redis_line = await stack.enter_async_context(proxied(redis.port, chance))
        database_line = await stack.enter_async_context(proxied(postgres.port, chance))
        database = f"drill_{token_hex(4)}"
        await blocking(lambda: postgres.database(database))
        made = kind(folder, redis, postgres, redis_line, database_line, database, stack)
        await serving(made, stack, chance)
        yield made


def _database_url(port: int, name: str) -> str:
    return f"postgresql://curbside@127.0.0.1:{port}/{name}"
