"""A few threads that do what would block the event loop; a hand-over costs a quarter of what an executor's does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

T = TypeVar("T")

ENDED_S: Final = 0.002


class Threads:
    """Threads that take calls in the order in which they came. They start with the first call."""

    def __init__(self, name: str, count: int) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        # Daemons: a program that ends without `close`, or with a disk that hangs, must not wait for them.
        self._idle = [Thread(target=self._work, name=f"{name}-{n}", daemon=True) for n in range(count)]
        self._started: list[Thread] = []

    async def run(self, fn: Callable[[], T]) -> T:
        """What `fn` returns or raises. Cancelled before a thread has taken it, it is not called."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def call() -> None:
            if future.cancelled():
                return
            settle: Callable[[], None]
            try:
                result = fn()
            except BaseException as error:
                settle = _unless_done(future, future.set_exception, error)
            else:
                settle = _unless_done(future, future.set_result, result)
            # The loop is closed where nobody waits any longer.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(settle)

        self._start()
        self._calls.put(call)
        return await future

    async def close(self) -> None:
        """Return when all calls have been done and the threads have ended."""
        for _ in self._started:
            self._calls.put(None)
        # Not with `join`, which would hold up whoever gives up on a disk that hangs.
        while any(thread.is_alive() for thread in self._started):
            await asyncio.sleep(ENDED_S)

    def _start(self) -> None:
        while self._idle:
            self._started.append(self._idle.pop())
            self._started[-1].start()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()


def _unless_done(future: asyncio.Future[Any], settle: Callable[[Any], None], outcome: object) -> Callable[[], None]:
    return lambda: None if future.done() else settle(outcome)
