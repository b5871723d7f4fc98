"""Keeps the famous case on: opens it, plays it to whoever comes, and opens it anew for the next."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Final

from realtime.errors import Unavailable
from realtime.hub import Hub
from realtime.rooms.commands import Close
from realtime.rooms.people import Person
from web.clock import now_ms
from web.demo.actor import Actor
from web.demo.audience import Audience
from web.demo.cast import PRESENTER
from web.demo.dial import Dial
from web.demo.famous import CASE
from web.demo.pace import Pace
from web.demo.play import Play
from web.demo.tasks import begun
from web.demo.troupe import Troupe
from web.demo.unfinished import Unfinished

LOOK_S: Final = 0.25


class StillOn(Exception):
    """The play cannot be begun anew before it is over."""


class Over(Exception):
    """The play is over: it neither goes on nor stands still."""


class Player:
    """One play after the other. `people` is the cast by handle; `per_s` is how fast the plays go.

    `guest` (an id) could not see the case without being invited.
    """

    def __init__(self, hub: Hub, dial: Dial, people: Mapping[str, Person], guest: str, per_s: float) -> None:
        self._hub = hub
        self._dial = dial
        self._people = people
        self._guest = guest
        self._per_s = per_s
        self._audience = Audience(hub, [person.id for person in people.values()])
        self._sessions: set[str] = set()
        self._anew = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._current: Play

    @property
    def presenter(self) -> Person:
        """Who opens the case, each time."""
        return self._people[PRESENTER.handle]

    async def start(self, left: Sequence[Unfinished]) -> None:
        """See that the case is open; `left` are those that an earlier start has left. Raises `Unavailable`."""
        fresh = next((one.card.case.id for one in left if one.serves(CASE, now_ms())), None)
        self._current = self._play_in(fresh or await self._opened())
        self._tasks = [begun(self._end(one.card.case.id)) for one in left if one.card.case.id != fresh]
        self._tasks.append(begun(self._look_around()))

    def now(self) -> Play:
        """The play as it is now: over as soon as its room is closed, whoever has closed it."""
        host = self._hub.live(self._current.room)
        if host is not None and not host.room.card.open:
            self._current.end()
        return self._current

    async def settled(self) -> Play:
        """The play as it is once none is being opened anew: who has heard of a new case is told of its play."""
        async with self._anew:
            return self.now()

    def told(self, play: bool) -> None:
        """Let it go on, or stand still until told. Raises `Over`."""
        if self.now().over:
            raise Over
        self._current.told(play, time.monotonic())

    async def again(self) -> None:
        """Open the case anew. Raises `StillOn`, `Unavailable`."""
        async with self._anew:
            last = self.now()
            if not last.over:
                raise StillOn
            self._current = self._play_in(await self._opened())
            self._current.begin()
            await last.close()

    async def close(self) -> None:
        """End the play where it is; the next start finds its case open."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._tasks:
            await self._current.close()

    async def _opened(self) -> str:
        return await self._hub.open_case(self.presenter, CASE, f"demo-{token_hex(8)}")

    def _play_in(self, room: str) -> Play:
        troupe = Troupe(self._dial, self._people, room)
        return Play(room, self.presenter.handle, self._guest, troupe, Pace(self._per_s))

    async def _look_around(self) -> None:
        await asyncio.sleep(LOOK_S)  # whoever waited for the server comes first
        self._current.begin()
        while True:
            await self._look()
            await asyncio.sleep(LOOK_S)

    async def _look(self) -> None:
        play = self.now()
        play.look(self._audience.in_room(play.room), time.monotonic())
        newcomers = self._audience.sessions() - self._sessions
        self._sessions |= newcomers
        if newcomers and play.over:
            with suppress(Unavailable, StillOn):
                await self.again()

    async def _end(self, room: str) -> None:
        """Close a case that was played when the server went away."""
        summary = "The server was started anew while this demonstration was played. It goes on in a new case."
        actor = Actor(self._dial, self.presenter, room)
        try:
            await actor.command(Close(id="ended", room=room, disposition="Demonstration ended", summary=summary))
        finally:
            await actor.leave()
