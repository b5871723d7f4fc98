"""The worker's chore of months: it makes the cells of those whose rows have changed, a little later than they did."""

import asyncio
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from sqlmodel import SQLModel

from persistence.database import Database
from persistence.figures.counting import ROWS
from persistence.figures.making import CELLS, PAGE, Accounts, Head, changes, due, keep, made, page, verified
from persistence.figures.shown import shown
from persistence.figures.tables import CasePart
from persistence.observers.summary import month

REST: Final = 20
"""So many times as long as one month takes nothing is made after it: at very many cases a month, less often."""


class Months:
    """`step` is a chore; several workers may do it at once."""

    def __init__(
        self, database: Database, now_ms: Callable[[], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._now_ms = now_ms
        self._clock = clock
        self._rested_s = 0.0

    async def step(self) -> None:
        """Make all months that are due, each once, or rest from that. Raises `Unavailable`."""
        began_s = self._clock()
        if began_s < self._rested_s:
            return
        count = await self._make_all(month(self._now_ms()))
        now_s = self._clock()
        self._rested_s = now_s + REST * (now_s - began_s) / max(1, count)

    async def _make_all(self, this_month: str) -> int:
        seen: list[str] = []
        while head := await self._database.read(partial(due, this_month=this_month, but=tuple(seen))):
            seen.append(head.month)
            await self._make(head, ended=head.month < this_month)
        return len(seen)

    async def _make(self, head: Head, *, ended: bool) -> None:
        rows = {model: await self._all(model, head.month) for model in ROWS}
        accounts = await self._accounts(sorted({row.person for row in rows[CasePart]}))
        there = {model: await self._all(model, head.month) for model in CELLS}
        found = await asyncio.to_thread(lambda: changes(head.month, there, made(rows, accounts)))
        cases = await asyncio.to_thread(shown, rows, accounts) if ended else None
        await self._database.write(partial(keep, head=head, changes=found, cases=cases))

    async def _all(self, model: type[SQLModel], month: str) -> Sequence[Any]:
        found: list[Any] = []
        while True:
            after = found[-1] if found else None
            more = await self._database.read(partial(page, model=model, month=month, after=after))
            found += more
            if len(more) < PAGE:
                return found

    async def _accounts(self, people: Sequence[str]) -> Accounts:
        found: dict[str, tuple[str, str]] = {}
        for start in range(0, len(people), PAGE):
            found |= await self._database.read(partial(verified, people=people[start : start + PAGE]))
        return found
