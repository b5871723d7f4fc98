"""How often a password may be tried: per handle and per address, counted by all nodes together and by each for itself.

What a node counts holds whatever becomes of the backplane; what all count together holds as long as that is there.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from hashlib import blake2b
from typing import Final

from realtime.addresses import Networks, network
from realtime.backplane.counter import Tally

WINDOW_S: Final = 60
PER_HANDLE: Final = 10
# A ward or a hospital may stand behind one address.
PER_ADDRESS: Final = 60
_MOST_KEYS: Final = 20_000

Count = Callable[[str, int, int], Awaitable[Tally | None]]
"""Adds to a counter of all nodes: its key, how much, how many seconds it lasts."""


class Attempts:
    """Counts failures within a minute.

    `count` is the backplane's; `secret` hides from it who it is that is counted. `trusted` addresses have no limit,
    handles always have. `clock` gives seconds that never go back.
    """

    def __init__(
        self,
        count: Count,
        secret: bytes,
        *,
        trusted: Iterable[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._count = count
        self._key = blake2b(secret, person=b"curbside counts").digest()
        self._trusted = Networks(trusted)
        self._clock = clock
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counts)

    async def wait_s(self, handle: str, address: str) -> float:
        """Seconds until this handle may be tried from this address, 0 when now; then the try counts as failed."""
        limits = self._limits(handle, address)
        wait_s = max(self._left_s(key, limit) for key, limit in limits.items())
        if wait_s:
            return wait_s
        for key in limits:
            self._add(key, 1)
        # One after the other: a try that its address may not make does not count against the handle.
        for key, limit in limits.items():
            tally = await self._count(self._hidden(key), 1, WINDOW_S)
            if tally is not None and tally.value > limit:
                return max(1.0, tally.left_s)
        return 0.0

    async def succeeded(self, handle: str, address: str) -> None:
        """Take back what `wait_s` counted: this try was none of guessing."""
        for key in self._limits(handle, address):
            self._add(key, -1)
            await self._count(self._hidden(key), -1, WINDOW_S)

    def _limits(self, handle: str, address: str) -> dict[str, int]:
        limits = {} if address in self._trusted else {f"address {network(address)}": PER_ADDRESS}
        return {**limits, f"handle {handle.lower()}": PER_HANDLE}

    def _hidden(self, key: str) -> str:
        return "signin:" + blake2b(key.encode(), key=self._key, digest_size=16).hexdigest()

    def _left_s(self, key: str, limit: int) -> float:
        count, since = self._counts.get(key, (0, 0.0))
        return max(0.0, since + WINDOW_S - self._clock()) if count >= limit else 0.0

    def _add(self, key: str, one: int) -> None:
        now = self._clock()
        count, since = self._counts.get(key, (0, now))
        if now >= since + WINDOW_S:
            count, since = 0, now
        self._counts[key] = (max(0, count + one), since)
        self._counts.move_to_end(key)
        while len(self._counts) > _MOST_KEYS:
            self._counts.popitem(last=False)
