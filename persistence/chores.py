"""What a worker does beside sealing, each chore at its own pace; several workers may do one at the same time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple

from realtime.errors import Unavailable

logger = logging.getLogger("curbside.worker")

RETRY_S: Final = 5.0
FIRST_S: Final = 10.0
"""A process that has just begun has more urgent things to do, and so has the database after a restart of all."""


class Chore(NamedTuple):
    """Something to be done every `every_s` seconds. `work` may raise `Unavailable`."""

    name: str
    every_s: float
    work: Callable[[], Awaitable[None]]


async def keep_up(chores: Sequence[Chore], first_s: float = FIRST_S) -> None:
    """Do all chores until cancelled, first after `first_s`. One that fails is logged, and holds up no other."""
    await asyncio.sleep(first_s)
    async with asyncio.TaskGroup() as group:
        for chore in chores:
            group.create_task(_repeat(chore), name=chore.name)


async def _repeat(chore: Chore) -> None:
    while True:
        pause_s = chore.every_s
        try:
            await chore.work()
        except Unavailable:
            pause_s = min(pause_s, RETRY_S)
        except Exception:
            logger.exception("the chore `%s` failed; it goes on", chore.name)
        await asyncio.sleep(pause_s)
