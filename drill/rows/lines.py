"""Clients whose lines break, hang or are not read, while the others go on."""

import asyncio
from typing import Final

from drill.row import Ground, Row
from drill.site import Site
from drill.stalled import Stalled

STALLED: Final = 20


async def stall_readers(ground: Ground[Site]) -> None:
    """Seats that stop reading: the server goes on without them."""
    url, token = ground.site.urls[0], ground.consult.tokens[-1]
    held = await asyncio.gather(*(Stalled.seated(url, token, ground.consult.room) for _ in range(STALLED)))
    try:
        await ground.wait(20)
    finally:
        for stalled in held:
            stalled.abort()


async def hang_lines(ground: Ground[Site]) -> None:
    """Half of the clients are cut off without a word: nothing passes, and nobody is told."""
    line = ground.chance.choice(ground.site.node_lines)
    line.silence()
    await ground.wait(20)
    await line.cut()
    line.heal()
    await ground.wait(3)


async def spoil_lines(ground: Ground[Site]) -> None:
    """Lines that are slow and carry a few bytes at a time."""
    for line in ground.site.node_lines:
        line.delay_s, line.piece = 0.05, 200
    await ground.wait(15)
    for line in ground.site.node_lines:
        line.heal()


async def reset_everybody(ground: Ground[Site]) -> None:
    """Every client's line is reset at once, again and again: all come back together."""
    for _ in range(3):
        for line in ground.site.node_lines:
            await line.cut()
        await ground.wait(5)


ROWS: Final = (
    Row("F18", "half of the clients hang, and nobody is told", hang_lines, heals_s=15),
    Row("F18s", "slow lines, a few bytes at a time", spoil_lines, heals_s=15),
    Row("F19", "readers stop reading", stall_readers),
    Row("F21", "every line is reset at once", reset_everybody, without=("resend",)),
)
