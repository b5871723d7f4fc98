"""What arrives while one batch is under way goes into the next: one query, or one commit, for many callers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from persistence.refused import refused

MOST: Final = 500

Item = TypeVar("Item")
Result = TypeVar("Result")


class Gather(Generic[Item, Result]):
    """Calls `run` with all items that wait, one batch after another, and gives each caller its own result.

    `run` returns one result or exception per item, in order; what it raises goes to all of the batch. Where that says
    that the database does not take a value, each goes alone, so that nobody fails for what another has given. Nothing
    is delayed to make a batch larger. A caller that is cancelled harms nobody: its item may still be carried out.
    """

    def __init__(self, run: Callable[[list[Item]], Awaitable[Sequence[Result | Exception]]], most: int = MOST) -> None:
        self._run = run
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """The result for `item`, or its exception raised."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run_all())
        return await future

    async def close(self) -> None:
        """Return when nothing waits and nothing runs."""
        while self._running is not None:
            await asyncio.wait([self._running])

    async def _run_all(self) -> None:
        try:
            while batch := self._next():
                await self._run_one(batch)
        finally:
            self._running = None
            for _, future in self._waiting:
                future.cancel()
            self._waiting.clear()

    def _next(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        """The next batch, without those who gave up before it began."""
        wanted = [waiting for waiting in self._waiting if not waiting[1].done()]
        self._waiting = wanted[self._most :]
        return wanted[: self._most]

    async def _run_one(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._results([item for item, _ in batch])
        except BaseException:
            for _, future in batch:
                future.cancel()
            raise
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

    async def _results(self, items: list[Item]) -> Sequence[Result | Exception]:
        try:
            return await self._run(items)
        except Exception as error:
            if len(items) == 1 or not refused(error):
                return [error] * len(items)
        return [(await self._results([item]))[0] for item in items]
