"""Those of the cast who are in one room, each at a connection of their own."""

import asyncio
import logging
from collections.abc import Mapping

import msgspec

from realtime.rooms.commands import AnyCommand, Post
from realtime.rooms.people import Person
from web.demo.actor import Actor
from web.demo.cues import Come, Cue, Type
from web.demo.dial import Dial

logger = logging.getLogger("curbside.demo")


class Troupe:
    """Does what the cues say, in `room`. `people` is the cast by handle."""

    def __init__(self, dial: Dial, people: Mapping[str, Person], room: str) -> None:
        self._dial = dial
        self._people = people
        self._room = room
        self._actors: dict[str, Actor] = {}

    async def act(self, cue: Cue) -> None:
        """Return when it is done: of a command, when it was answered. What the server refuses is left out."""
        match cue.does:
            case Come(follows=follows):
                self._actors[cue.who] = Actor(self._dial, self._people[cue.who], self._room, follows=follows)
            case Type(on=on):
                await self._actors[cue.who].typing(on)
            case command:
                refused = await self._actors[cue.who].command(self._meant(command))
                if refused is not None:
                    logger.info("the demo goes on without a %s that was refused: %s", type(command).__name__, refused)

    async def leave(self) -> None:
        """All go."""
        actors, self._actors = self._actors, {}
        await asyncio.gather(*(actor.leave() for actor in actors.values()))

    def _meant(self, command: AnyCommand) -> AnyCommand:
        here = msgspec.structs.replace(command, room=self._room)
        if isinstance(here, Post) and here.to is not None:
            return msgspec.structs.replace(here, to=self._people[here.to].id)
        return here
