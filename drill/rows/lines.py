"""Clients whose lines break, hang or are not read, while the others go on."""

import asyncio
import time
from typing import Final

from drill.figures import connections, until
from drill.row import Ground, Row
from drill.site import Site
from drill.stalled import Stalled

STALLED: Final = 20
# Two heartbeats of silence, or ten seconds without reading; everybody is looked at once a second.
FOUND_WITHIN_S: Final = 16.0
LET_GO_WITHIN_S: Final = 18.0
# Whoever opened the case has a line, too.
OPENER: Final = 1


async def stall_readers(ground: Ground[Site]) -> None:
    """Seats that stop reading: the server goes on without them, and lets go of them."""
    node, token = ground.site.nodes[0], ground.consult.tokens[-1]
    others = await connections([node])
    url = f"http://{node.address}"
    held = await asyncio.gather(*(Stalled.seated(url, token, ground.consult.room) for _ in range(STALLED)))

    async def gone() -> bool:
        return await connections([node]) <= others

    try:
        await until(gone, LET_GO_WITHIN_S, f"readers who do not read are held for {LET_GO_WITHIN_S:.0f} s and longer")
    finally:
        for stalled in held:
            stalled.abort()


async def hang_lines(ground: Ground[Site]) -> None:
    """Half of the clients are cut off for good without a word: they come back over new lines, and the old ones end."""
    line, began_s = ground.chance.choice(ground.site.node_lines), time.monotonic()
    line.silence()
    await ground.wait(20)
    line.forget()
    line.heal()
    await asyncio.sleep(began_s + FOUND_WITHIN_S - time.monotonic())
    open_now, everybody = await connections(ground.site.nodes), len(ground.consult.people) + OPENER
    await line.cut_forgotten()
    if open_now > everybody:
        raise AssertionError(f"{open_now - everybody} lines of those who are gone are still held")


async def spoil_lines(ground: Ground[Site]) -> None:
    """Lines that are slow and carry less than a sentence at a time."""
    for line in ground.site.node_lines:
        line.delay_s, line.piece = 0.01, 50
    await ground.wait(15)
    for line in ground.site.node_lines:
        line.heal()


async def reset_everybody(ground: Ground[Site]) -> None:
    """Every client's line is reset at once, again and again: all come back together."""
    for _ in range(3):
        await ground.in_the_middle()
        for line in ground.site.node_lines:
            await line.cut()
        await ground.wait(5)


ROWS: Final = (
    Row(
        "F18",
        "half of the clients hang, and nobody is told",
        hang_lines,
        heals_s=15,
        without=("abort",),
        harm=("still held",),
    ),
    Row(
        "F18s",
        "slow lines, a few bytes at a time",
        spoil_lines,
        heals_s=15,
        without=("reassembly",),
        harm=("unsettled",),
    ),
    Row("F19", "readers stop reading", stall_readers, most_lag_s=0.5, without=("abort",), harm=("are held",)),
    Row("F21", "every line is reset at once", reset_everybody, without=("resend",), harm=("unsettled",)),
)
