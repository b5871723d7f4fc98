"""A row of the fault matrix: a fault, how it is made, and what must hold while it lasts and after it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

from drill.cluster import Cluster
from drill.consult import Consult
from drill.process import Process
from drill.proxy import Proxy
from drill.site import Site, blocking

S = TypeVar("S", bound=Site)
LEAST_S = 0.5
MIDDLE_S = 0.01


class Ground(NamedTuple, Generic[S]):
    """What a fault may break, and the consult that goes on meanwhile. `pace` scales every time that a row waits."""

    site: S
    consult: Consult
    chance: Random
    pace: float

    async def wait(self, full_s: float, least_s: float = LEAST_S) -> None:
        """Let `full_s` pass, scaled by the pace, but `least_s` in any case."""
        await asyncio.sleep(max(least_s, full_s * self.pace))

    async def in_the_middle(self) -> None:
        """Return in the middle of what everybody has just posted."""
        self.consult.shout()
        await asyncio.sleep(self.chance.uniform(0, MIDDLE_S))

    async def renew(self, node: Process, *faults: str) -> None:
        """End `node` where it runs, and start it with these faults (`drill.faulty`) and those that the site has."""
        await blocking(node.stop)
        node.faults = (*self.site.faults, *faults)
        await blocking(node.start)


Fault = Callable[[Ground[Any]], Awaitable[None]]


@dataclass(frozen=True)
class Promise:
    """What must hold around a fault.

    `heals_s`: within this time after the fault all that was sent is on record and everybody was shown it (I11).
    `most_lag_s`: while the fault lasts, 99 of 100 events are shown to others so soon after their ack.
    `first_lag_s`: every event of its first seconds is.
    `taken_back`: the journal goes back, so that what was acked and shown may be gone, and clients are told.
    """

    number: str
    title: str
    heals_s: float = field(default=10.0, kw_only=True)
    most_lag_s: float | None = field(default=None, kw_only=True)
    first_lag_s: float | None = field(default=None, kw_only=True)
    taken_back: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Row(Promise):
    """`act` makes the fault on a site of the kind `on` and takes it away; what it left broken is mended by the drill.

    `without`: the defences (`drill.defences`) without which the fault must do `harm`, the row's negative control: a
    kind of finding (`drill.checker`), or words of what `act` raises; one of them is enough.
    """

    act: Fault
    on: type[Site] = field(default=Cluster, kw_only=True)
    without: tuple[str, ...] = field(kw_only=True)
    harm: tuple[str, ...] = field(kw_only=True)


async def lose_answers_on(ground: Ground[Any], line: Proxy, times: int) -> None:
    """Lose an answer on this line so many times. Raises `AssertionError` where there was none to lose."""
    lost = line.lost
    for _ in range(times):
        line.losing += 1
        await ground.wait(1)
    if line.lost == lost:
        raise AssertionError("no answer was lost: nothing was asked")
