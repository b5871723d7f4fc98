"""What comes in, kept until it is read."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Stream(AsyncIterator[T], Generic[T]):
    """Items in the order in which they came, each given once. Grows until it is read; with `most`, drops the oldest."""

    def __init__(self, most: int | None = None) -> None:
        self._items: deque[T] = deque(maxlen=most)
        self._changed = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None

    async def __anext__(self) -> T:
        while not self._items:
            if self._ended:
                raise self._error or StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        return self._items.popleft()

    def put(self, item: T) -> None:
        """Add `item` as the newest."""
        self._items.append(item)
        self._changed.set()

    def end(self, error: Exception | None = None) -> None:
        """Nothing comes any more: once all is read, reading stops, or raises `error`. The first end counts."""
        if not self._ended:
            self._ended, self._error = True, error
            self._changed.set()
