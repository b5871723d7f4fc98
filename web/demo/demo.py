"""The demo as one part of a web process: the open case, and the famous one with its player."""

from persistence.database import Database
from persistence.people import by_handle
from realtime.hub import Hub
from realtime.rooms.people import Person
from web.demo import toddler
from web.demo.dial import Dial
from web.demo.people import nobody_else
from web.demo.player import Player
from web.demo.stage import Stage
from web.demo.unfinished import unfinished


class Demo:
    """Made on the process's event loop; `secret` is the deployment's."""

    def __init__(self, stage: Stage, hub: Hub, database: Database, secret: bytes) -> None:
        self.people = stage.company.people
        self._cleo = self.people[0].person
        self.player = Player(hub, Dial(stage.address, secret), stage.company.cast, self._cleo.id, stage.pace)
        self._company = stage.company
        self._hub = hub
        self._database = database

    async def start(self) -> None:
        """See that both cases are open, and wait for somebody to play one to. Raises `Unavailable`."""
        await self._hub.open_case(self._cleo, toddler.CASE, toddler.KEY)
        presenter = self.player.presenter.id
        await self.player.start(await self._database.read(lambda sql: unfinished(sql, presenter)))

    async def person(self, handle: str) -> Person | None:
        """Who can be signed in as under this handle, as they are now. Raises `Unavailable`."""
        if handle not in {one.person.handle for one in self.people}:
            return None
        return await self._database.read(lambda sql: by_handle(sql, handle))

    async def alone(self) -> bool:
        """Whether the database holds nobody but the demo's people. Raises `Unavailable`."""
        return await nobody_else(self._database, self._company)

    async def close(self) -> None:
        """The cast goes."""
        await self.player.close()
