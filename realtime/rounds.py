"""When a room's readers are told: in rounds, each in slices, as far apart as their own length asks."""

import asyncio
import time
from collections.abc import Callable, Iterator

from realtime.pace import Pace
from realtime.slices import Slices
from realtime.spare import Spare


class Rounds:
    """The rounds of one room. `steps` gives what one does, when it begins; `done`: after it nothing more is wanted."""

    def __init__(self, spare: Spare, steps: Callable[[], Iterator[None]], done: Callable[[], None]) -> None:
        self._steps = steps
        self._done = done
        self._slices = Slices(spare)
        self._pace = Pace()
        self._wanted = False
        self._timer: asyncio.TimerHandle | None = None

    @property
    def under_way(self) -> bool:
        """Whether one has begun, or will by itself."""
        return self._slices.busy or self._timer is not None

    def want(self) -> None:
        """Have what is new told, in the next round."""
        self._wanted = True
        if not self.under_way:
            self._timer = asyncio.get_running_loop().call_later(self._pace.wait_s(time.monotonic()), self._begin)

    def close(self) -> None:
        """End what is under way; `done` is not called."""
        self._slices.close()
        if self._timer is not None:
            self._timer.cancel()

    def _begin(self) -> None:
        self._timer = None
        self._wanted = False
        self._pace.begun(time.monotonic())
        self._slices.run(self._steps(), self._ended)

    def _ended(self) -> None:
        self._pace.ended(self._slices.took_s)
        if self._wanted:
            self.want()
        else:
            self._done()
