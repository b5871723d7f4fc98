"""How long to stay away after a connection was lost."""

from collections.abc import Callable
from random import uniform


class Backoff:
    """Full jitter: any time between nothing and a bound that doubles with each try, up to `cap_s`.

    The whole range is drawn from because the thousands who lost the same node must not come back together.
    """

    def __init__(
        self, base_s: float = 0.5, cap_s: float = 30.0, draw: Callable[[float, float], float] = uniform
    ) -> None:
        self._base_s = base_s
        self._cap_s = cap_s
        self._draw = draw
        self._tries = 0

    def delay_s(self) -> float:
        """Seconds until the next try."""
        # Past 2 ** 30 the cap has long been reached, and a float would overflow one day.
        bound_s = min(self._cap_s, self._base_s * 2 ** min(self._tries, 30))
        self._tries += 1
        return self._draw(0.0, bound_s)

    def reset(self) -> None:
        """A connection held: the next loss is a first one."""
        self._tries = 0
