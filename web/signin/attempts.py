"""How often a password may be tried: per handle and per address, counted in this process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Final

WINDOW_S: Final = 60.0
PER_HANDLE: Final = 10
# A ward or a hospital may stand behind one address.
PER_ADDRESS: Final = 60
_MOST_KEYS: Final = 20_000


class Attempts:
    """Counts failures within a minute. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counts)

    def wait_s(self, handle: str, address: str) -> float:
        """Seconds until this handle may be tried from this address, 0 when now; then the try counts as failed."""
        limits = {f"handle {handle.lower()}": PER_HANDLE, f"address {_network(address)}": PER_ADDRESS}
        wait = max(self._left_s(key, limit) for key, limit in limits.items())
        if not wait:
            for key in limits:
                self._add(key, 1)
        return wait

    def succeeded(self, handle: str, address: str) -> None:
        """Take back what `wait_s` counted: this try was none of guessing."""
        for key in (f"handle {handle.lower()}", f"address {_network(address)}"):
            self._add(key, -1)

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


def _network(address: str) -> str:
    """One household or host has a /64 of IPv6 to choose addresses from."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(parsed) >> 64 << 64)) if isinstance(parsed, IPv6Address) else address
