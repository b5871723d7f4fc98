"""`realtime.ports.Observing` over SQL: permits, the record of what was shown, and the metering of plans."""

import asyncio
import logging
from collections.abc import Callable
from itertools import islice
from typing import Final, NamedTuple

from sqlmodel import Session

from persistence.database import Database
from persistence.gather import Gather
from persistence.observers.agreements import Agreements
from persistence.observers.meter import Meter
from persistence.observers.stretches import REPORT_MS, Report, begun, held, reported
from realtime.errors import Unavailable
from realtime.observing import Stretch, Way
from realtime.ports import Audit
from realtime.rooms.observing import Permit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused

# A commit may wait behind them.
AT_ONCE: Final = 200
MOST_A_TICK: Final = 1_000
# While the database is away, who is turned away comes again and again.
MOST_NEVER_SHOWN: Final = 10_000
# Longer than any clock is wrong.
FORGET_MS: Final = 86_400_000
SAY_MS: Final = 1_000

logger = logging.getLogger("curbside.observing")


class Ending(NamedTuple):
    """Stretches of an institution that must end now, and why."""

    institution: str
    stretches: list[Stretch]
    why: Refusal | None


class SqlObserving:
    """Permits and stretches of one node. `tick` is to be called twice a second.

    `alone`: no other node shares the plans. A stretch begins on record before `begin` returns; its progress is
    reported each minute and at its end.
    """

    def __init__(
        self, database: Database, audit: Audit, node: str, now_ms: Callable[[], int], *, alone: bool = False
    ) -> None:
        self.meter = Meter()
        self.agreements = Agreements(database, node, now_ms, lambda name: self.meter.unreported_ms(name, now_ms()))
        self._database = database
        self._audit = audit
        self._node = node
        self._now_ms = now_ms
        self._alone = alone
        self._said_ms = 0
        self._said = False
        self._begins: Gather[Stretch, None] = Gather(self._begin_many, AT_ONCE)
        self._ended: dict[Stretch, Report] = {}
        self._ticking = asyncio.Lock()

    def known(self, person: Person) -> Permit | None:
        """What `person` is permitted now, as far as that is known without asking."""
        return self.agreements.known(person)

    async def permit(self, person: Person) -> Permit:
        """What `person` is permitted now. Raises `Refused` or `Unavailable`."""
        return await self.agreements.permit(person)

    async def begin(self, person: Person, permit: Permit, room: str, after: int, way: Way) -> Stretch:
        """A stretch that is on disk. Raises `Refused` where all seats are taken, or `Unavailable`."""
        if way == "stream":
            self._check_seats(permit.institution, person.id, room)
        stretch = Stretch(person, permit, room, after, self._now_ms(), way)
        self.meter.add(stretch)
        try:
            await self._begins(stretch)
        except BaseException:
            self.meter.discard(stretch, stretch.began_ms)
            self._never_shown([stretch])
            raise
        self._audit.note("observe_begun", person.id, room, _detail(stretch))
        return stretch

    def end(self, stretch: Stretch) -> None:
        """Nothing more of this is shown."""
        # A clock that was set back meanwhile takes nothing back.
        now_ms = max(self._now_ms(), stretch.listened_until_ms)
        if self.meter.discard(stretch, now_ms):
            self._ended[stretch] = Report(stretch, stretch.upto, now_ms, True)
            self._audit.note("observe_ended", stretch.person, stretch.room, f"{_detail(stretch)}, to {stretch.upto}")

    async def tick(self) -> list[Ending]:
        """Refresh, report, and return what must end. Raises `Unavailable`."""
        async with self._ticking:
            await self._report(MOST_A_TICK)
            await self.agreements.refresh()
        return [ending for name in self.meter.institutions if (ending := self._over(name)) is not None]

    async def close(self) -> None:
        """Let begins end, and put the rest on record; while the database is away it is left."""
        await self._begins.close()
        await self.agreements.close()
        for name in self.meter.institutions:
            for stretch in self.meter.of(name):
                self.end(stretch)
        try:
            async with self._ticking:
                while self._ended:
                    await self._report(MOST_A_TICK)
        except Unavailable:
            logger.error("the ends of %d stretches could not be written", len(self._ended))

    def _check_seats(self, name: str, person: str, room: str) -> None:
        one = self.agreements.institution(name)
        taken = self.meter.seats(name) + self.agreements.seats_elsewhere(name)
        if one is None or (taken >= one.seats and not self.meter.holds(name, person, room)):
            raise Refused(Refusal.SEATS_TAKEN)

    def _over(self, name: str) -> Ending | None:
        """What of an institution may not go on: all, or what began under an earlier agreement."""
        why = self.agreements.refusal(name)
        if why is not None:
            return Ending(name, self.meter.of(name), why)
        permit = self.agreements.in_force(name)
        old = [stretch for stretch in self.meter.of(name) if stretch.permit != permit]
        return Ending(name, old, None) if old else None

    async def _begin_many(self, stretches: list[Stretch]) -> list[None]:
        try:
            await self._database.write(lambda session: begun(session, stretches))
        finally:
            # Their ends may be on record already, where nothing had begun yet.
            self._never_shown([stretch for stretch in stretches if not self.meter.under_way(stretch)])
        return [None] * len(stretches)

    def _never_shown(self, stretches: list[Stretch]) -> None:
        """A begin that failed, or that nobody waits for any longer, may be on record all the same: it ends there."""
        for stretch in stretches[: max(0, MOST_NEVER_SHOWN - len(self._ended))]:
            self._ended[stretch] = Report(stretch, stretch.after, stretch.began_ms, True)

    async def _report(self, most: int) -> None:
        """Put on record what has ended, and what was last reported a minute ago; and each second what is held here."""
        reports = [*islice(self._ended.values(), most)]
        reports += islice(self._due(), most - len(reports))
        for start in range(0, len(reports), AT_ONCE):
            await self._write(reports[start : start + AT_ONCE])
        if not reports and self._to_say():
            await self._write([])

    async def _write(self, batch: list[Report]) -> None:
        """What is on record and what this node says that is not are changed at once: nothing is counted twice."""
        now_ms = self._now_ms()
        seats = self._held(batch, now_ms)

        def write(session: Session) -> None:
            if batch:
                reported(session, batch)
            if not self._alone:
                held(session, self._node, seats, now_ms, now_ms - FORGET_MS)

        await self._database.write(write)
        for report in batch:
            self.meter.reported(report.stretch, report.until_ms)
            # What ended while its progress was written is to be reported once more.
            if self._ended.get(report.stretch) is report:
                del self._ended[report.stretch]
        self._said_ms, self._said = now_ms, bool(seats)

    def _due(self) -> list[Report]:
        now_ms = self._now_ms()
        return [
            Report(stretch, stretch.upto, now_ms, False)
            for name in self.meter.institutions
            for stretch in self.meter.of(name)
            if now_ms - stretch.listened_until_ms >= REPORT_MS
        ]

    def _to_say(self) -> bool:
        """Whether it is time to tell the other nodes what this one holds, or that it holds nothing any longer."""
        any_news = bool(self.meter.institutions) or self._said
        return not self._alone and any_news and self._now_ms() - self._said_ms >= SAY_MS

    def _held(self, batch: list[Report], now_ms: int) -> dict[str, tuple[int, int]]:
        """What this node holds of each plan once `batch` is reported."""
        names = self.meter.institutions
        seats = {name: (self.meter.seats(name), self.meter.unreported_ms(name, now_ms)) for name in names}
        for report in batch:
            name = report.stretch.permit.institution
            count, unreported_ms = seats.get(name, (0, 0))
            seats[name] = (count, unreported_ms - (report.until_ms - report.stretch.listened_until_ms))
        return {name: one for name, one in seats.items() if any(one)}


def _detail(stretch: Stretch) -> str:
    permit = stretch.permit
    return f"{permit.institution}, agreement {permit.agreement}, {stretch.way}, after {stretch.after}"
