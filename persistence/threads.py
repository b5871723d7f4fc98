"""A few threads that do what would block the event loop; a hand-over costs a quarter of what an executor's does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class Threads:
    """Threads that take calls in the order in which they came. They start with the first call."""

    def __init__(self, name: str, count: int) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        # Daemons: a program that ends without `close`, or with a disk that hangs, must not wait for them.
        self._idle = [f"{name}-{n}" for n in range(count)]
        self._started: list[tuple[Thread, asyncio.Event]] = []

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
        for thread, ended in self._started:
            # Not in a thread of its own, which nobody could give up where a disk hangs.
            await ended.wait()
            thread.join()

    def _start(self) -> None:
        while self._idle:
            ended = asyncio.Event()
            work = partial(self._work, asyncio.get_running_loop(), ended)
            thread = Thread(target=work, name=self._idle.pop(), daemon=True)
            thread.start()
            self._started.append((thread, ended))

    def _work(self, loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
        while (call := self._calls.get()) is not None:
            call()
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(ended.set)


def _unless_done(future: asyncio.Future[Any], settle: Callable[[Any], None], outcome: object) -> Callable[[], None]:
    return lambda: None if future.done() else settle(outcome)
