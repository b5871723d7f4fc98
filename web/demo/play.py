"""The script in one room, from the first beat to the close."""

import asyncio
from typing import Final, Literal

from realtime.rooms.commands import Invite
from web.demo.attention import Attention
from web.demo.cues import Come, Cue, cues
from web.demo.pace import Pace
from web.demo.tasks import begun
from web.demo.troupe import Troupe

LINGER_S: Final = 20.0
"""How long the cast stays in the closed room."""

State = Literal["waiting", "playing", "paused", "over"]


class Play:
    """One run of the cues in `room`, whose presenter is there before the first of them and invites `guest` (an id)."""

    def __init__(self, room: str, presenter: str, guest: str, troupe: Troupe, pace: Pace) -> None:
        self.room = room
        self.over = False
        self._presenter = presenter
        self._guest = guest
        self._troupe = troupe
        self._pace = pace
        self._attention = Attention()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def state(self) -> State:
        """Whether it waits for the first to come, plays, stands still, or the room is closed."""
        if self.over:
            return "over"
        if self._pace.runs:
            return "playing"
        return "paused" if self._pace.at_s or self._attention.held else "waiting"

    @property
    def at_s(self) -> float:
        """Seconds of play that have gone by."""
        return self._pace.at_s

    def begin(self) -> None:
        """Let the presenter come, and all others as soon as somebody is there to see it."""
        self._tasks.append(begun(self._play()))

    def look(self, somebody: bool, now_s: float) -> None:
        """Go on or stand still, by whether somebody is in the room at `now_s` (a steady clock's)."""
        if somebody:
            self._attention.seen(now_s)
        self._pace.run(not self.over and self._attention.plays(now_s))

    def told(self, play: bool, now_s: float) -> None:
        """Go on or stand still because somebody wants it."""
        self._attention.told(play, now_s)
        self.look(False, now_s)

    def end(self) -> None:
        """The room was closed: by the last beat, or by somebody else before that."""
        if not self.over:
            self.over = True
            self._pace.run(False)
            self._tasks.append(begun(self._linger()))

    async def close(self) -> None:
        """End all of it; the cast goes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._troupe.leave()

    async def _play(self) -> None:
        await self._troupe.act(Cue(0.0, self._presenter, Come()))
        invitation = Invite(id="guest", room=self.room, person=self._guest)
        await self._troupe.act(Cue(0.0, self._presenter, invitation))
        for cue in cues():
            await self._pace.reach(cue.at_s)
            await self._troupe.act(cue)

    async def _linger(self) -> None:
        await asyncio.sleep(LINGER_S)
        await self._troupe.leave()
