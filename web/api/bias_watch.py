"""Bias watch for moderators: whether awards pull at what people say, and what observers read beside what they award."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.bias.report import BiasWatch, Report
from persistence.bias.sheets import SHEETS, sheet
from persistence.months import Period
from realtime.ports import Audit
from web.api.answers import HEADERS, answer
from web.api.months import given_period
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door
from web.signin.recent import recent

MOST_MONTHS: Final = 36
MOST_ROWS: Final = 100
"""Of a list in JSON. A table has all."""
FRESH_S: Final = 60.0


class BiasDesk:
    """`/api/moderation/bias-watch`. One report is made at a time, and kept for a minute: its tables are of the same."""

    def __init__(
        self, door: Door, watch: BiasWatch, audit: Audit, now_ms: Clock, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._door = door
        self._watch = watch
        self._audit = audit
        self._now_ms = now_ms
        self._clock = clock
        self._made: dict[Period, tuple[float, Report]] = {}
        self._making = asyncio.Lock()

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/moderation/bias-watch", self.page, methods=["GET"]),
            Route("/api/moderation/bias-watch/{table}.csv", self.table, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The report of the months `from` to `to`, by the close of cases; of each list the first 100, and how many."""
        return answer(_page(await self._report(request, "")))

    async def table(self, request: Request) -> Response:
        """One of its tables, whole, as CSV."""
        name = request.path_params["table"]
        if name not in SHEETS:
            raise Problem(404, "not_found", f"There is no such table. Take one of {', '.join(SHEETS)}.")
        report = await self._report(request, f", {name}")
        period = report.period
        named = f'attachment; filename="bias-watch-{name}-{period.first}-{period.last}.csv"'
        headers = {**HEADERS, "content-disposition": named}
        return Response(sheet(report, name), 200, headers, "text/csv; charset=utf-8")

    async def _report(self, request: Request, of: str) -> Report:
        """For a moderator who proved a moment ago who they are: it tells also who took awards blind, and of whom."""
        identity = await self._door.identity(request.scope)
        person, where = identity.person, identity.address
        if person.role != "moderator":
            self._audit.note("bias_watch_read", person.id, outcome="refused", where=where)
            raise forbidden("Bias watch is for moderators. Ask one.")
        now_ms = self._now_ms()
        recent(identity, now_ms)
        period = given_period(request, MOST_MONTHS, now_ms)
        self._audit.note("bias_watch_read", person.id, detail=f"{period.first} to {period.last}{of}", where=where)
        return await self._made_of(period)

    async def _made_of(self, period: Period) -> Report:
        async with self._making:
            now_s = self._clock()
            self._made = {key: one for key, one in self._made.items() if now_s < one[0] + FRESH_S}
            if period not in self._made:
                self._made[period] = now_s, await self._watch.report(period)
            return self._made[period][1]


def _page(report: Report) -> dict[str, Any]:
    lists = ("products", "authors", "observers")
    totals = {name: len(getattr(report, name)) for name in lists}
    shown = msgspec.structs.replace(report, **{name: getattr(report, name)[:MOST_ROWS] for name in lists})
    people = {one.author for one in shown.authors} | {one.observer for one in shown.observers}
    people |= {report.by_author.top, *(one.authors.top for one in report.payers)}
    told = {
        "names": {person: name for person, name in report.names.items() if person in people},
        "specialties": {person: name for person, name in report.specialties.items() if person in people},
    }
    page: dict[str, Any] = msgspec.to_builtins(shown)
    return page | told | {"totals": totals}
