"""A Redis that fails over, as sentinels would have it."""

from typing import Final

from drill.row import Ground, Row
from drill.rows.backplane import NEWS
from drill.site import blocking
from drill.watched import Watched


async def kill_the_master(ground: Ground[Watched]) -> None:
    """The master is killed; the other server becomes it, and then the other way round."""
    for _ in range(2):
        lost = await blocking(lambda: ground.site.sentinels.master)
        await blocking(lost.kill)
        await blocking(lambda lost=lost: ground.site.sentinels.until_failed_over(lost))  # type: ignore[misc]
        await ground.wait(10)
        await blocking(ground.site.sentinels.start)


async def detach_the_master(ground: Ground[Watched]) -> None:
    """The sentinels give the master up and name another; it lives on, and its lines with it."""
    detached = await blocking(lambda: ground.site.sentinels.master)
    await blocking(detached.abandon)
    await blocking(lambda: ground.site.sentinels.until_failed_over(detached))
    await ground.wait(20)
    await blocking(detached.kill)
    await blocking(ground.site.sentinels.start)


ROWS: Final = (
    Row("F6", "Redis fails over", kill_the_master, on=Watched, without=NEWS, harm=("behind",)),
    Row("F7", "a master is given up and lives on", detach_the_master, on=Watched, without=NEWS, harm=("behind",)),
)
