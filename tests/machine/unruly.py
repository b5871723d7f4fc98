"""A journal and a backplane that fail as real ones do, when they are told to."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from typing import Any, Literal, TypeAlias

from sqlalchemy import Row, Select

from persistence.database import Database
from persistence.journal import SqlJournal
from persistence.log import AnswerLost, Log
from realtime.backplane.base import Backplane, Receiver
from realtime.backplane.counter import Tally
from realtime.backplane.counts import Counts
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append
from realtime.rooms.chain import Head, Record

Waiter: TypeAlias = "asyncio.Task[Any] | None"
AppendFault = Literal["refused", "lost", "late", "landed", "landed, no look-up", "stuck", "landed, stuck"]
"""What becomes of an append.

refused: nothing is written, and it says so. lost: nothing is written, and nobody knows. late: the same, and it is
written some time after that. landed: it is written, and nobody knows. no look-up: nobody can ask either. stuck: the
node never hears of it again.
"""


class UnrulyLog:
    """The append path over `log`. `fault` is what happens to the next append, and only to that."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._late: list[Append] = []
        self.fault: AppendFault | None = None
        self.stuck: set[Waiter] = set()

    async def append(self, wish: Append) -> None:
        fault, self.fault = self.fault, None
        if fault in (None, "landed", "landed, no look-up", "landed, stuck"):
            await self._log.append(wish)
        match fault:
            case None:
                return
            case "refused" | "landed, no look-up":
                raise Unavailable
            case "late":
                self._late.append(wish)
                raise AnswerLost
            case "lost" | "landed":
                raise AnswerLost
            case "stuck" | "landed, stuck":
                await self._for_ever()

    def turn(self, room: str, known: Callable[[], Head]) -> AbstractAsyncContextManager[Sequence[Record]]:
        return self._log.turn(room, known)

    async def land(self) -> None:
        """Write what is late, as far as its place is still free."""
        late, self._late = self._late, []
        for wish in late:
            with suppress(Conflict):
                await self._log.append(wish)

    async def close(self) -> None:
        await self._log.close()

    async def _for_ever(self) -> None:
        waiter = asyncio.current_task()
        self.stuck.add(waiter)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self.stuck.discard(waiter)


class UnrulyJournal(SqlJournal):
    """A journal that may be `away`, and that knows who is waiting for it."""

    def __init__(self, database: Database, log: UnrulyLog) -> None:
        super().__init__(database, log)
        self.log = log
        self.away = False
        self._waiting: Counter[Waiter] = Counter()

    @property
    def busy(self) -> bool:
        """Whether something is under way that will end by itself."""
        return bool(set(self._waiting) - self.log.stuck)

    async def append(self, wish: Append) -> None:
        with self._called():
            await super().append(wish)

    @asynccontextmanager
    async def turn(self, room: str, known: Callable[[], Head]) -> AsyncIterator[Sequence[Record]]:
        with self._called():
            async with super().turn(room, known) as newer:
                yield newer

    async def _rows(self, query: Select[*tuple[Any, ...]], **values: object) -> Sequence[Row[*tuple[Any, ...]]]:
        with self._called():
            return await super()._rows(query, **values)

    @contextmanager
    def _called(self) -> Iterator[None]:
        if self.away:
            raise Unavailable
        waiter = asyncio.current_task()
        self._waiting[waiter] += 1
        try:
            yield
        finally:
            self._waiting[waiter] -= 1
            self._waiting += Counter()  # whoever waits no longer is forgotten


class UnrulyBackplane:
    """Carries by way of `backplane`; what comes while it is `holding` is kept back.

    Then it is delivered: in any order, more than once, or never.
    """

    def __init__(self, backplane: Backplane) -> None:
        self._backplane = backplane
        self._receiver: Receiver | None = None
        self._held: list[tuple[str, bytes]] = []
        self._carried: list[tuple[str, bytes]] = []
        self.holding = False

    @property
    def alone(self) -> bool:
        return self._backplane.alone

    @property
    def counts(self) -> Counts:
        return self._backplane.counts

    @property
    def held(self) -> int:
        """How many messages are kept back."""
        return len(self._held)

    def deliver(self, order: Sequence[int]) -> None:
        """Deliver what is kept back, by numbers: what is not named is lost, what is named twice comes twice."""
        held, self._held = self._held, []
        for number in order:
            self._hand_on(*held[number % len(held)])

    def repeat(self, count: int) -> None:
        """Deliver the newest `count` that were delivered before once more."""
        for channel, payload in self._carried[-count:]:
            self._hand_on(channel, payload)

    # Backplane

    async def start(self, receiver: Receiver) -> None:
        self._receiver = receiver
        await self._backplane.start(self)

    def publish(self, channel: str, payload: bytes) -> None:
        self._backplane.publish(channel, payload)

    def subscribe(self, channel: str) -> None:
        self._backplane.subscribe(channel)

    def unsubscribe(self, channel: str) -> None:
        self._backplane.unsubscribe(channel)

    async def count(self, key: str, by: int, window_s: int) -> Tally | None:
        return await self._backplane.count(key, by, window_s)

    async def probe(self, timeout_s: float) -> bool:
        return await self._backplane.probe(timeout_s)

    async def close(self) -> None:
        await self._backplane.close()

    # Receiver

    def received(self, channel: str, payload: bytes) -> None:
        if self.holding:
            self._held.append((channel, payload))
        else:
            self._hand_on(channel, payload)

    def subscribed(self, channel: str) -> None:
        assert self._receiver is not None
        self._receiver.subscribed(channel)

    def lost(self) -> None:
        assert self._receiver is not None
        self._receiver.lost()

    def _hand_on(self, channel: str, payload: bytes) -> None:
        assert self._receiver is not None
        self._carried.append((channel, payload))
        self._receiver.received(channel, payload)
