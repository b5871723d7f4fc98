"""PostgreSQL slow, gone, cut off, restarted; its answers lost."""

import asyncio
from typing import Final

from drill.cluster import Cluster
from drill.row import Ground, Row
from drill.site import blocking


async def slow_database(ground: Ground[Cluster]) -> None:
    """Every commit waits for a lock that somebody holds."""
    seconds = max(1.0, 20 * ground.pace)
    await ground.site.sql(f"BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep({seconds}); COMMIT")
    await ground.wait(2)


async def kill_database(ground: Ground[Cluster]) -> None:
    """PostgreSQL crashes, is away for 30 s, and recovers."""
    await blocking(ground.site.postgres.kill)
    await ground.wait(30)
    await blocking(ground.site.postgres.start)


async def cut_database(ground: Ground[Cluster]) -> None:
    """Connections to the database are cut, in the middle of whatever they do, over and over."""
    for _ in range(20):
        await ground.site.database_line.cut()
        await ground.wait(ground.chance.uniform(0.5, 1.5))


async def lose_answers(ground: Ground[Cluster]) -> None:
    """The database commits and its answer is lost."""
    for _ in range(20):
        ground.site.database_line.losing += 1
        await ground.wait(1)


async def hang_database(ground: Ground[Cluster]) -> None:
    """The network drops everything between nodes and the database."""
    ground.site.database_line.silence()
    await ground.wait(20)
    ground.site.database_line.heal()


async def terminate_backends(ground: Ground[Cluster]) -> None:
    """The administrator ends every session."""
    for _ in range(5):
        await ground.site.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await asyncio.sleep(ground.chance.uniform(0.1, 0.5))


ROWS: Final = (
    Row("F11", "the database is slow: commits wait", slow_database),
    Row("F15", "the database crashes and is away for 30 s", kill_database),
    Row("F15c", "connections to the database are cut", cut_database),
    Row("F15a", "answers of the database are lost", lose_answers),
    Row("F15d", "the network to the database drops everything", hang_database),
    Row("F15t", "every session is terminated", terminate_backends),
)
