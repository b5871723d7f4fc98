"""The part of a web process that keeps to the agreements of institutions that observe."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Final

from starlette.routing import BaseRoute

from persistence.observers.observing import Ending
from persistence.stillness import Stillness
from realtime.errors import Unavailable
from realtime.rooms.refusals import Refusal
from realtime.wire.server import LeftCode
from realtime.withdrawing import Withdrawing
from web.api.adverse_events import AdverseEvents
from web.api.agreements import Agreements
from web.api.case_observers import CaseObservers
from web.api.institutions import Institutions
from web.api.observer_summary import ObserverSummary
from web.part import House, Part

# Whatever ends a stream, a suspension above all, is to end it within a second on every node.
EVERY_S: Final = 0.4

logger = logging.getLogger("curbside.observing")


class Observers(Part):
    """Looks at the agreements twice a second, ends what they no longer carry, and serves what concerns them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._observing = house.observing
        self._withdrawing = Withdrawing(house.hub.connections, house.hub.live)
        self._suspended: set[str] = set()
        self._stillness = Stillness(house.database, 2 * EVERY_S)
        self._keeping: asyncio.Task[None] | None = None

    def routes(self) -> Sequence[BaseRoute]:
        house = self._house
        return [
            *Agreements(house.door, house.database, house.observing, house.audit, house.now_ms).routes(),
            *Institutions(house.door, house.database, house.observing, house.audit, house.now_ms, self.look).routes(),
            *CaseObservers(house.door, house.database, house.hub, house.audit, house.now_ms).routes(),
            *ObserverSummary(house.door, house.database, house.observing, house.audit, house.now_ms).routes(),
            *AdverseEvents(house.door, house.database, house.hub, house.hub.node, house.audit, house.now_ms).routes(),
        ]

    async def start(self) -> None:
        await self._observing.tick()
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
        await self._observing.close()

    async def _keep(self) -> None:
        while True:
            try:
                if self._stillness.broken():
                    await self.look()
            except Unavailable:
                logger.info("the agreements cannot be read: the database is away")
            except Exception:
                logger.exception("the agreements could not be kept to")
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """One look at all agreements. Raises `Unavailable`."""
        for ending in await self._observing.tick():
            await self._end(ending)
        suspended = self._observing.agreements.suspended()
        for name in suspended - self._suspended:
            await self._withdrawing.people(name)
        self._suspended = suspended

    async def _end(self, ending: Ending) -> None:
        code: LeftCode = "withdrawn" if ending.why is Refusal.SUSPENDED else "agreement_ended"
        await self._withdrawing.seats(ending.stretches, code)
