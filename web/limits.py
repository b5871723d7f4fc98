"""How often something may be asked for by one person or address: a bucket each, of the last ten thousand."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from realtime.rates import Bucket, whole_ms
from web.api.problems import Problem

_MOST_KNOWN: Final = 10_000


class Limits:
    """`burst` at once, then `per_hour` an hour, for each key. `clock` gives seconds that never go back."""

    def __init__(self, per_hour: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s = per_hour / 3_600
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def check(self, key: str, says: str = "That was asked for very often just now. Wait.") -> None:
        """Count one. Raises `Problem` (429), which `says` so, with how long to wait."""
        now_s = self._clock()
        bucket = self._buckets.setdefault(key, Bucket(self._per_s, self._burst, now_s))
        self._buckets.move_to_end(key)
        if len(self._buckets) > _MOST_KNOWN:
            self._buckets.popitem(last=False)
        if not bucket.take(now_s):
            raise Problem(429, "rate_limited", says, retry_after_ms=whole_ms(bucket.lacks_s(1.0)))
