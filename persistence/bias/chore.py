"""The worker's chore of bias watch: tells moderators what the report of twelve months raises, once in a month."""

from collections.abc import Callable
from typing import Final

from persistence.awards.watch import ENOUGH, tell_moderators
from persistence.bias.alarms import texts
from persistence.bias.report import BiasWatch
from persistence.database import Database
from persistence.months import last_months
from realtime.ports import Journal

MONTHS: Final = 12


class WatchingBias:
    """Reads the log of a year only where there are as many awards as an alarm needs."""

    def __init__(self, database: Database, journal: Journal, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._watch = BiasWatch(database, journal, now_ms)
        self._now_ms = now_ms

    async def step(self) -> None:
        """Count, and tell moderators where there is something to look at. Raises `Unavailable`."""
        now_ms = self._now_ms()
        period = last_months(MONTHS, now_ms)
        if await self._watch.enough(period, ENOUGH):
            report = await self._watch.report(period)
            found = texts(report.alarms)
            await self._database.write(lambda sql: tell_moderators(sql, found, now_ms))
