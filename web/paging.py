"""The part that pages: rings people for the cases of this node at once, and shows whom a case has rung."""

import asyncio
import logging
from collections.abc import Sequence

from starlette.routing import BaseRoute

from persistence.paging.pager import Pager, Spoken
from web.api.pages import Pages
from web.ladder import NOBODY, rules
from web.part import House, Part

logger = logging.getLogger("curbside.paging")


class Paging(Part):
    """A pager of this process. Without Redis it does what workers do as well: looks at whatever is due.

    Where nobody is to be rung it still does what the clock does in rooms.
    """

    def __init__(self, house: House) -> None:
        self._hub = house.hub
        self._settings = house.settings
        self._rules = rules(house.settings)
        self._pages = Pages(
            *(house.door, house.database, house.hub, house.directory, house.audit, house.now_ms),
            self._rules.ladder,
        )
        self._running: asyncio.Task[None] | None = None
        self._pager = Pager(
            database=house.database,
            journal=house.hub.node.journal,
            rules=self._rules,
            now_ms=house.now_ms,
            told=self._spoken,
            present=house.hub.connections.people,
        )

    def routes(self) -> Sequence[BaseRoute]:
        return self._pages.routes()

    async def start(self) -> None:
        self._hub.node.rings = self._rules.rings
        if self._rules.rings and self._rules.ladder.coordinator(None) is None:
            logger.warning("%s Until then moderators are.", NOBODY)
        self._hub.node.changed = self._pager.hurry if self._rules.rings else self._hurry_reveal
        if not self._settings.redis_url:
            self._running = asyncio.get_running_loop().create_task(self._pager.run())

    async def close(self) -> None:
        if self._running is not None:
            self._running.cancel()
        await self._pager.close()

    def _hurry_reveal(self, room: str) -> None:
        """Where nobody is rung there is nothing to look at a room for but opinions that wait to be shown to all."""
        host = self._hub.live(room)
        if host is not None and host.room.card.opined_at is not None:
            self._pager.hurry(room)

    def _spoken(self, said: Spoken) -> None:
        self._hub.spoken(*said.messages)
