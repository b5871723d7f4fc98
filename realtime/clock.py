"""The clock of a node, and its pulse: whether journal and backplane answer.

Each work that the clock calls has a task of its own, so that one that hangs, as the journal may, stops no other. A
work that takes longer than its second is called again when it is over, and one that fails is called again too.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

from realtime.connections import Connections
from realtime.errors import Unavailable
from realtime.node import Node
from realtime.wire.server import Health

logger = logging.getLogger("curbside.clock")

SECOND_S = 1.0
# Of each second: what must be looked at is looked at in this time, a part after the other.
SPREAD_S = 0.8
AWAY_S = 0.25
MISSES = 2

Work = Callable[[], Awaitable[None]]
Rest = Callable[[float], Awaitable[None]]


class Pulse:
    """Whether journal and backplane answer; tells the connections when that changes.

    `doubtful`: the backplane may carry nothing now, so heads are read from the journal as often as may be.
    """

    def __init__(self, connections: Connections) -> None:
        self.journal_ok = True
        self.backplane_ok = True
        self.doubtful = False
        self._missed = 0
        self._connections = connections

    def journal(self, ok: bool) -> None:
        """The journal has answered, or has not."""
        if ok != self.journal_ok:
            self.journal_ok = ok
            self._tell()

    def backplane(self, ok: bool) -> None:
        """The backplane has carried a probe, or has not. One that is missed is no news yet: the line may be new."""
        self.doubtful = not ok
        self._missed = 0 if ok else self._missed + 1
        if (self._missed < MISSES) != self.backplane_ok:
            self.backplane_ok = not self.backplane_ok
            self._tell()

    def health(self) -> Health | None:
        """What is away, or None."""
        return None if self.journal_ok and self.backplane_ok else self._health()

    def _tell(self) -> None:
        health = self._health()
        logger.warning("journal %s, backplane %s", health.journal, health.backplane)
        self._connections.tell(health)

    def _health(self) -> Health:
        return Health(journal="ok" if self.journal_ok else "away", backplane="ok" if self.backplane_ok else "away")


class Clock:
    """Calls works every second until `close`; besides, it probes the backplane and looks whether time has jumped."""

    def __init__(self, node: Node, pulse: Pulse) -> None:
        self._node = node
        self._pulse = pulse
        self._hurried: list[asyncio.Event] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, urgent: Iterable[Work], others: Iterable[Work]) -> None:
        """Begin. While the backplane is doubtful what is `urgent` is called four times a second: it asks the journal.

        Whichever work raises `Unavailable` says that the journal is away; who compares heads says when it is back.
        """
        for work in urgent:
            self._run(self._keep(work, lambda: AWAY_S if self._pulse.doubtful else SECOND_S, self._resting()))
        self._run(self._keep(self._probe, lambda: SECOND_S))
        self._run(self._keep(self._look_at_time, lambda: SECOND_S))
        for work in others:
            self._run(self._keep(work, lambda: SECOND_S))

    def hurry(self) -> None:
        """The backplane may be away: do what is urgent now, and four times a second until a probe has come back."""
        if not self._pulse.doubtful:
            self._pulse.doubtful = True
            for hurried in self._hurried:
                hurried.set()

    async def close(self) -> None:
        """End all of it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _probe(self) -> None:
        carried = await self._node.backplane.probe(SECOND_S)
        if not carried:
            self.hurry()
        self._pulse.backplane(carried)

    async def _look_at_time(self) -> None:
        if jumped_ms := self._node.wall.jumped_ms():
            logger.warning("the time of day on this machine jumped by %+.1f s", jumped_ms / 1_000)

    def _resting(self) -> Rest:
        hurried = asyncio.Event()
        self._hurried.append(hurried)

        async def rest(delay_s: float) -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(delay_s):
                    await hurried.wait()
            hurried.clear()

        return rest

    async def _keep(self, work: Work, pause_s: Callable[[], float], rest: Rest = asyncio.sleep) -> None:
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            try:
                await work()
            except Unavailable:
                self._pulse.journal(False)
            except Exception:
                logger.exception("%s failed", getattr(work, "__name__", "what is done every second"))
            await rest(max(0.0, started + pause_s() - loop.time()))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
