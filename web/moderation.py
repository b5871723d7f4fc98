"""The part that moderates: what moderators decide over HTTP, and what it means for who is connected."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.moderation import ModerationDesk
from web.part import House, Part


class Moderation(Part):
    """Keeps the moderators' book up to date, and ends what those who are barred have open."""

    def __init__(self, house: House) -> None:
        self._book = house.moderation
        self._notices = house.notices
        self._connections = house.hub.connections
        self._desk = ModerationDesk(house.door, house.database, house.audit, house.now_ms, self.every_second)

    def routes(self) -> Sequence[BaseRoute]:
        return self._desk.routes()

    async def every_second(self) -> None:
        barred = await self._book.refresh()
        if barred:
            self._connections.withdraw(barred)

    async def close(self) -> None:
        await self._book.close()
        await self._notices.settle()
