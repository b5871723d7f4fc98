"""How fast one connection may send: a token bucket, filled by a clock that is an argument."""

PATIENCE_S = 10


class Bucket:
    """Allows `per_s` a second on average and `burst_s` seconds' worth at once. Times are seconds of a steady clock."""

    __slots__ = ("_at_s", "_most", "_over_since_s", "_per_s", "_tokens")

    def __init__(self, per_s: float, now_s: float, burst_s: float = 2.0) -> None:
        self._per_s = per_s
        self._most = self._tokens = burst_s * per_s
        self._at_s = now_s
        self._over_since_s = 0.0

    def take(self, now_s: float) -> int:
        """0 if one more may pass now, else how many ms to wait."""
        self._tokens = min(self._most, self._tokens + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._tokens >= 1:
            self._tokens -= 1
            self._over_since_s = 0.0
            return 0
        self._over_since_s = self._over_since_s or now_s
        return max(1, round(1_000 * (1 - self._tokens) / self._per_s))

    def full(self, now_s: float) -> bool:
        """Whether nothing is missing: a new one would be the same."""
        return self._tokens + (now_s - self._at_s) * self._per_s >= self._most

    def out_of_patience(self, now_s: float) -> bool:
        """Whether the sender has been over the limit for so long that its connection should end (4429)."""
        return bool(self._over_since_s) and now_s - self._over_since_s > PATIENCE_S
