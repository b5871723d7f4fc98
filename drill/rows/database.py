"""PostgreSQL slow, gone, cut off, restarted; its answers lost."""

import asyncio
from typing import Final

from drill.cluster import Cluster
from drill.figures import LOOK_EVERY_S, until
from drill.history import Acked
from drill.proxy import proxied
from drill.row import Ground, Row, lose_answers_on
from drill.servers import Standby
from drill.site import blocking

SHOWN_WITHIN_S: Final = 4.0
BACK_WITHIN_S: Final = 10.0
SOME: Final = 20


async def slow_database(ground: Ground[Cluster]) -> None:
    """Every commit waits for a lock that somebody holds: what is said meanwhile is shown, as not on record."""
    seconds = max(SHOWN_WITHIN_S, 20 * ground.pace)
    locking = f"BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep({seconds}); COMMIT"
    held = asyncio.create_task(ground.site.sql(locking))
    people, told = ground.consult.people, set()
    while not held.done():
        told |= {person for person in people if person.room is not None and person.room.provisional}
        await asyncio.sleep(LOOK_EVERY_S)
    await held
    await ground.wait(2)
    if len(told) < len(people):
        raise AssertionError(f"{len(people) - len(told)} of {len(people)} were not shown what waited to be recorded")


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
    await lose_answers_on(ground, ground.site.database_line, 20)


async def hang_database(ground: Ground[Cluster]) -> None:
    """The network drops everything between nodes and the database, and then knows nothing of the lines of before."""
    line = ground.site.database_line
    line.silence()
    await ground.wait(20)
    line.forget()
    line.heal()
    acked = ground.consult.acked

    async def acked_again() -> bool:
        return ground.consult.acked >= acked + SOME

    try:
        await until(acked_again, BACK_WITHIN_S, f"nothing was put on record within {BACK_WITHIN_S:.0f} s of its return")
    finally:
        await line.cut_forgotten()


async def terminate_backends(ground: Ground[Cluster]) -> None:
    """The administrator ends every session, with appends under way in them."""
    for _ in range(5):
        await ground.site.sql(
            "BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(0.15); "
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid(); COMMIT"
        )
        await asyncio.sleep(ground.chance.uniform(0.1, 0.5))


async def promote_a_laggard(ground: Ground[Cluster]) -> None:
    """A standby that has not got the last commits becomes the primary: the journal goes back."""
    site = ground.site
    async with proxied(site.postgres.port, ground.chance) as stream:
        standby = Standby(stream.port)
        await blocking(standby.__enter__)
        site.stack.push_async_callback(blocking, standby.__exit__)
        await ground.wait(10)
        stream.silence()
        await ground.wait(20)
        await blocking(site.postgres.kill)
        await stream.cut()
    await blocking(standby.promote)
    await site.fail_over(standby)
    await ground.wait(10)
    kept = {event.id for event in await ground.consult.log(within_s=20)}
    if all(ack.id in kept for history in ground.consult.histories for ack in history.of(Acked)):
        raise AssertionError("nothing was lost: the standby did not lag")


ROWS: Final = (
    Row("F11", "the database is slow: commits wait", slow_database, without=("provisional",), harm=("were not shown",)),
    Row(
        "F6p",
        "a lagging standby is promoted",
        promote_a_laggard,
        taken_back=True,
        without=("compare_heads", "check", "doubt"),
        harm=("lost", "invented"),
    ),
    Row("F15", "the database crashes and is away for 30 s", kill_database, without=("commit",), harm=("lost",)),
    Row("F15c", "connections to the database are cut", cut_database, without=("lookup", "landed"), harm=("unsettled",)),
    Row("F15a", "answers of the database are lost", lose_answers, without=("lookup", "landed"), harm=("unsettled",)),
    Row(
        "F15d",
        "the network to the database drops everything",
        hang_database,
        without=("bounded",),
        harm=("nothing was put on record",),
    ),
    Row("F15t", "every session is terminated", terminate_backends, without=("commit",), harm=("lost",)),
)
