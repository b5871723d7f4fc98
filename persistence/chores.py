"""What a worker does beside sealing, each chore at its own pace; several workers may do one at the same time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple

from realtime.errors import Unavailable

logger = logging.getLogger("curbside.worker")

RETRY_S: Final = 5.0


class Chore(NamedTuple):
    """Something to be done every `every_s` seconds, first at the start. `work` may raise `Unavailable`."""

    name: str
    every_s: float
    work: Callable[[], Awaitable[None]]


async def keep_up(chores: Sequence[Chore]) -> None:
    """Do all chores until cancelled. One that fails is logged, and holds up no other."""
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
