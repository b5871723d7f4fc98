"""A database whose administrator edits a record, or leaves one there that cannot be read."""

import asyncio
import time
from typing import Final

from drill.cluster import Cluster
from drill.row import Ground, Row
from drill.site import blocking

EDITED: Final = 2
NAMED_WITHIN_S: Final = 30.0


async def edit_a_record(ground: Ground[Cluster]) -> None:
    """One record of another room is edited before it is sealed: it is set aside and named, and stops nobody."""
    await _spoil(ground, "decode('81a474657874a6656469746564', 'hex')")


async def poison_a_room(ground: Ground[Cluster]) -> None:
    """One record of another room cannot be read any more."""
    await _spoil(ground, "'\\xc1'")


async def _spoil(ground: Ground[Cluster], body: str) -> None:
    site, consult = ground.site, ground.consult
    for worker in site.workers:
        await blocking(worker.stop)
    spoilt, good = await consult.another(posts=3), await consult.another(posts=3)
    await site.sql(f"UPDATE event SET body = {body} WHERE room = '{spoilt}' AND seq = {EDITED}")
    await asyncio.gather(*(blocking(worker.start) for worker in site.workers))
    until_s = time.monotonic() + NAMED_WITHIN_S
    while f"{spoilt} " not in (listed := await site.run("archive", "set-aside")):
        if time.monotonic() > until_s:
            raise AssertionError("a room whose record was edited was not set aside")
        await asyncio.sleep(0.5)
    if f"event {EDITED}" not in listed:
        raise AssertionError(f"the room was set aside, but not for event {EDITED}")
    await site.run("archive", "verify", good)


ROWS: Final = (
    Row("F22", "a record cannot be read", poison_a_room, without=("set_aside",), harm=("was not set aside",)),
    Row("F29", "a record is edited in the database", edit_a_record, without=("verify",), harm=("was not set aside",)),
)
