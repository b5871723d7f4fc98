"""The disk under SQLite: slow, full, failing, and losing what was not synced."""

from typing import Final

from drill.embedded import Embedded
from drill.figures import asked_meanwhile
from drill.row import Ground, Row
from drill.site import blocking

SYNC_MS: Final = 3_000
ANSWERS_S: Final = 1.5
ALWAYS: Final = 1_000_000_000


async def slow_disk(ground: Ground[Embedded]) -> None:
    """Each sync takes three seconds; the node answers all the same."""
    async with asked_meanwhile(ground.site.nodes[0]) as waits:
        ground.site.disk.rule(f"slow {SYNC_MS}")
        await ground.wait(20, least_s=7)
        ground.site.disk.rule()
    if waits.longest_s > ANSWERS_S:
        raise AssertionError(f"the node did not answer for {waits.longest_s:.1f} s")


async def full_disk(ground: Ground[Embedded]) -> None:
    """Nothing can be written."""
    ground.site.disk.rule("full")
    await ground.wait(20)
    ground.site.disk.rule()


async def failing_disk(ground: Ground[Embedded]) -> None:
    """Syncs fail, over and over: what was written meanwhile is nobody's to believe."""
    for _ in range(4):
        ground.site.disk.rule(f"fail 1 {ALWAYS}")
        await ground.wait(2)
        ground.site.disk.rule()
        await ground.wait(5)


async def lose_power(ground: Ground[Embedded]) -> None:
    """The power goes, and with it all that was written and not synced."""
    node = ground.site.nodes[0]
    await blocking(node.stop)
    await blocking(ground.site.keep_what_is_synced)
    await blocking(node.start)
    await ground.wait(10)
    await blocking(node.kill)
    await blocking(ground.site.lose_power)
    await blocking(node.start)


ROWS: Final = (
    Row("F11e", "the disk is slow", slow_disk, on=Embedded, heals_s=20, without=("threads",), harm=("did not answer",)),
    Row("F12", "the disk is full", full_disk, on=Embedded, without=("commit",), harm=("lost",)),
    Row("F13", "syncs fail", failing_disk, on=Embedded, without=("commit",), harm=("lost",)),
    Row("F14", "the power goes", lose_power, on=Embedded, without=("fsync",), harm=("lost",)),
)
