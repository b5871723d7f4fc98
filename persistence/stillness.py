"""Whether it is worth to look again into a database that is polled."""

import time
from typing import Final

from persistence.database import Database

LONGEST_S: Final = 1.0
"""What is due by the clock, and what another process has written, is seen after so long."""


class Stillness:
    """Of one poller. A look costs more than most of what is written; in a quiet night nothing is."""

    def __init__(self, database: Database, longest_s: float = LONGEST_S) -> None:
        self._database = database
        self._longest_s = longest_s
        self._writes: int | None = None
        self._looked_s = float("-inf")

    def broken(self) -> bool:
        """Whether to look now: since this said so last, something was written, or `longest_s` went by."""
        writes, now_s = self._database.write_count, time.monotonic()
        if writes is not None and writes == self._writes and now_s - self._looked_s < self._longest_s:
            return False
        self._writes, self._looked_s = writes, now_s
        return True
