"""Long work in slices of about a millisecond, with the loop free in between: nothing urgent waits for it."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from realtime.spare import Spare

PARTS: Final = 80

T = TypeVar("T")


class Slices:
    """One piece of work at a time, given as an iterator of small steps; `done` is called after its last one.

    Of one turn of the loop it takes what `spare` has left, at least a step. `took_s` is the time that its slices took.
    """

    __slots__ = ("_done", "_spare", "_steps", "took_s")

    def __init__(self, spare: Spare) -> None:
        self._spare = spare
        self.took_s = 0.0
        self._steps: Iterator[None] | None = None
        self._done: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._steps is not None

    def run(self, steps: Iterator[None], done: Callable[[], None] | None = None) -> None:
        """Begin, in the loop's next turn."""
        self._steps, self._done = steps, done
        self.took_s = 0.0
        asyncio.get_running_loop().call_soon(self._slice)

    def close(self) -> None:
        """End what is under way; `done` is not called."""
        self._steps = self._done = None

    def _slice(self) -> None:
        if self._steps is None or self._spare.pause(self._slice):
            return
        ends_s = self._spare.ends_s()
        begun_s = now_s = time.monotonic()
        for _ in self._steps:
            now_s = time.monotonic()
            if now_s >= ends_s:
                self.took_s += now_s - begun_s
                asyncio.get_running_loop().call_soon(self._slice)
                return
        self.took_s += now_s - begun_s
        done, self._steps, self._done = self._done, None, None
        if done is not None:
            done()


def each(act: Callable[[T], None], items: Iterable[T]) -> Iterator[None]:
    """`act` on each of `items`, a step each."""
    for item in items:
        act(item)
        yield


async def spread(act: Callable[[T], None], items: Sequence[T], over_s: float) -> None:
    """`act` on each of `items`, a few at a time over `over_s`: what it sets off is not to come in one burst."""
    size = -(-len(items) // PARTS) or 1
    for start in range(0, len(items), size):
        for item in items[start : start + size]:
            act(item)
        await asyncio.sleep(over_s / PARTS)
