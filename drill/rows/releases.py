"""What an operator does to a deployment that is used: restarts, a migration; and a clock that somebody sets."""

import asyncio
import time
from typing import Final

from drill.cluster import Cluster
from drill.figures import connections, until
from drill.guests import all_told, guests
from drill.row import Ground, Row
from drill.rows.nodes import send_to
from drill.site import Failure, blocking
from drill.times import longest_silence_s

THERE_WITHIN_S: Final = 15.0
# Somebody reads for so long; meanwhile nothing may keep live rooms waiting for half of that.
READ_S: Final = 8.0
HELD_UP_S: Final = 4.0
MOST_TRIES: Final = 10


async def restart_rolling(ground: Ground[Cluster]) -> None:
    """One node after the other is told to end and started again."""
    for node in ground.site.nodes:
        async with guests(node, ground.consult.tokens[-1], ground.consult.room) as seated:
            _in_order(await blocking(node.stop))
            await all_told(seated)
        await blocking(node.start)
        await ground.wait(3)


async def end_twice(ground: Ground[Cluster]) -> None:
    """SIGTERM, and again while it drains."""
    node = ground.chance.choice(ground.site.nodes)
    ending = asyncio.create_task(blocking(node.stop))
    await asyncio.sleep(ground.chance.uniform(0.05, 0.15))
    node.terminate()
    _in_order(await ending)
    await ground.wait(2)
    await blocking(node.start)


def _in_order(status: int) -> None:
    if status != 0:
        raise AssertionError(f"a node that was told to end left with status {status}")


async def set_clock_wrong(ground: Ground[Cluster]) -> None:
    """A node's time of day jumps two hours ahead, back, and two hours behind, while it serves."""
    node = ground.site.nodes[0]
    hands = ground.site.folder / f"clock-{ground.chance.getrandbits(32):x}"
    await blocking(node.kill)
    await ground.renew(node, f"clock@file={hands}")

    async def all_there() -> bool:
        await send_to(ground, 0)
        await asyncio.sleep(1)
        return await connections([node]) >= len(ground.consult.people)

    await until(all_there, THERE_WITHIN_S, "the clients did not come to the node that they were sent to")
    for hours in (2, 0, -2, 0):
        hands.write_text(f"{hours * 3_600:+d}s")
        await ground.wait(5)
    await ground.renew(node)


async def migrate_meanwhile(ground: Ground[Cluster]) -> None:
    """The release step of another version changes a table that live rooms write to, and somebody reads for long."""
    began_s = time.monotonic()
    reading = asyncio.create_task(
        ground.site.sql(f"BEGIN; SELECT count(*) FROM event; SELECT pg_sleep({READ_S}); COMMIT")
    )
    await asyncio.sleep(0.5)
    await _altered(ground)
    await reading
    if (longest_s := longest_silence_s(ground.consult.histories, began_s, time.monotonic())) > HELD_UP_S:
        raise AssertionError(f"nothing was put on record for {longest_s:.1f} s")


async def _altered(ground: Ground[Cluster]) -> None:
    """Try again until the locks are free, as an operator would."""
    for _ in range(MOST_TRIES):
        try:
            await ground.site.run("migrate", faults=(*ground.site.faults, "alter@migrate"))
        except Failure as failed:
            refused = failed
            await ground.wait(1)
        else:
            return
    raise refused


ROWS: Final = (
    Row("F16", "the clock of a node jumps by two hours", set_clock_wrong, without=("order",), harm=("disordered",)),
    Row(
        "F24",
        "the database is migrated with live rooms",
        migrate_meanwhile,
        without=("lock_timeout",),
        harm=("nothing was put on record",),
    ),
    Row("F25", "a rolling restart", restart_rolling, without=("drain",), harm=("were not told",)),
    Row("F26", "SIGTERM twice", end_twice, without=("signals",), harm=("left with status",)),
)
