"""A row of the fault matrix: a fault, how it is made, and what must hold while it lasts and after it."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

from drill.cluster import Cluster
from drill.consult import Consult
from drill.process import Process
from drill.proxy import Proxy
from drill.site import Site, blocking

S = TypeVar("S", bound=Site)
LEAST_S = 0.5


class Ground(NamedTuple, Generic[S]):
    """What a fault may break, and the consult that goes on meanwhile. `pace` scales every time that a row waits."""

    site: S
    consult: Consult
    chance: Random
    pace: float

    async def wait(self, full_s: float) -> None:
        """Let `full_s` pass, scaled by the pace, at least half a second."""
        await asyncio.sleep(max(LEAST_S, full_s * self.pace))

    async def renew(self, node: Process, *faults: str) -> None:
        """End `node` where it runs, and start it with these faults (`drill.faulty`) and those that the site has."""
        await blocking(node.stop)
        node.faults = (*self.site.faults, *faults)
        await blocking(node.start)


Fault = Callable[[Ground[Any]], Awaitable[None]]


class Row(NamedTuple):
    """`act` makes the fault on a site of the kind `on` and takes it away; what it left broken is mended by the drill.

    `heals_s`: within this time after the fault all that was sent is on record and everybody was shown it (I11).
    `most_lag_s`: while the fault lasts, 99 of 100 events are shown to others so soon after their ack.
    `taken_back`: the journal goes back, so that what was acked and shown may be gone, and clients are told.
    `without`: the defences (`drill.defences`) without which the fault must do harm: the row's negative control.
    """

    number: str
    title: str
    act: Fault
    on: type[Site] = Cluster
    heals_s: float = 10.0
    most_lag_s: float | None = None
    taken_back: bool = False
    without: tuple[str, ...] = ()


async def lose_answers_on(ground: Ground[Any], line: Proxy, times: int) -> None:
    """Lose an answer on this line so many times. Raises `AssertionError` where there was none to lose."""
    lost = line.lost
    for _ in range(times):
        line.losing += 1
        await ground.wait(1)
    if line.lost == lost:
        raise AssertionError("no answer was lost: nothing was asked")
