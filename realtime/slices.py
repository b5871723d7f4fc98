"""Long work in slices of about a millisecond, with the loop free in between: nothing urgent waits for it."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from realtime.spare import SLICE_S, Spare

T = TypeVar("T")


class Slices:
    """One piece of work at a time, given as an iterator of small steps; `done` is called after its last one.

    Of one turn of the loop it takes what `spare` has left, at least a step.
    """

    __slots__ = ("_done", "_spare", "_steps")

    def __init__(self, spare: Spare) -> None:
        self._spare = spare
        self._steps: Iterator[None] | None = None
        self._done: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._steps is not None

    def run(self, steps: Iterator[None], done: Callable[[], None] | None = None) -> None:
        """Begin, in the loop's next turn."""
        self._steps, self._done = steps, done
        asyncio.get_running_loop().call_soon(self._slice)

    def close(self) -> None:
        """End what is under way; `done` is not called."""
        self._steps = self._done = None

    def _slice(self) -> None:
        if self._steps is None or self._spare.pause(self._slice):
            return
        ends_s = self._spare.ends_s()
        for _ in self._steps:
            if time.monotonic() >= ends_s:
                asyncio.get_running_loop().call_soon(self._slice)
                return
        done, self._steps, self._done = self._done, None, None
        if done is not None:
            done()


def each(act: Callable[[T], None], items: Iterable[T]) -> Iterator[None]:
    """`act` on each of `items`, a step each."""
    for item in items:
        act(item)
        yield


async def sliced(steps: Iterator[None]) -> None:
    """Run `steps` to their end, giving the loop back once a millisecond."""
    ends_at_s = time.monotonic() + SLICE_S
    for _ in steps:
        if time.monotonic() >= ends_at_s:
            await asyncio.sleep(0)
            ends_at_s = time.monotonic() + SLICE_S
