"""The histograms of all cases, for `/metrics`: the same on every node, as they come from the tables."""

import time
from collections.abc import Sequence
from typing import Final

from persistence.database import Database
from persistence.figures.histograms import Histogram, histograms

EVERY_S: Final = 60.0


class WaitBook:
    """What the workers have counted. While the database is away: as it last was."""

    def __init__(self, database: Database) -> None:
        self.now: Sequence[Histogram] = ()
        self._database = database
        self._next_s = 0.0

    async def refresh(self) -> None:
        """Ask anew, once a minute at most. Raises `Unavailable`."""
        if time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + EVERY_S
            self.now = await self._database.read(histograms)
