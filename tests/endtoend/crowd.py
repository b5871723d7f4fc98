"""Hundreds of people in one room, at the cost of one: each reads all that comes, and posts until told to stop."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

import msgspec

from bench.link import Link
from realtime.rooms.commands import Post
from realtime.wire.client import Join
from tests.endtoend.callers import said
from tests.endtoend.raw import fresh

PATIENCE_S: Final = 60.0
AT_ONCE: Final = 20


class Place(NamedTuple):
    """An event as its readers know it."""

    seq: int
    check: str
    id: str


class Writer(Link):
    """One who posts again when they are acked. `shown`: all that came. `acked` {id: seq}, `refused` {id: code}."""

    def __init__(self, token: str, room: str) -> None:
        super().__init__(token)
        self.room = room
        self.shown: list[Place] = []
        self.sent: list[str] = []
        self.acked: dict[str, int] = {}
        self.refused: dict[str, str] = {}
        self.left_to_post = 0
        self.seated = asyncio.Event()
        self.idle = asyncio.Event()

    async def sit(self, port: int) -> None:
        """Connect, join, catch up."""
        await self.open(port)
        self.send(Join(id="j", room=self.room, after=0))
        await self.seated.wait()

    def begin(self, posts: int) -> None:
        """Post so often, one after another."""
        self.left_to_post = posts
        self.idle.clear()
        self._next()

    def message(self, payload: bytes) -> None:
        frame: dict[str, Any] = msgspec.msgpack.decode(payload)
        match frame["t"]:
            case "event":
                self._take([frame])
            case "joined" | "events":
                self._take(frame["events"])
            case "caught_up":
                self.seated.set()
            case "ack":
                self.acked[frame["re"]] = frame["seq"]
                self._next()
            case "error":
                self.refused[frame["re"]] = frame["code"]
                self._next()

    def _next(self) -> None:
        if not self.left_to_post or self.refused:
            self.idle.set()
            return
        self.left_to_post -= 1
        self.sent.append(fresh())
        self.send(Post(id=self.sent[-1], room=self.room, text=said("again")))

    def _take(self, events: Sequence[dict[str, Any]]) -> None:
        self.shown += [Place(event["seq"], event["check"], event["id"]) for event in events]


class Crowd:
    """Writers at several nodes, in turn."""

    def __init__(self, tokens: Sequence[str], ports: Sequence[int], room: str) -> None:
        self.writers = [Writer(token, room) for token in tokens]
        self._ports = ports

    async def sit(self) -> None:
        """Let all take their seats, a few at a time."""
        async with asyncio.timeout(PATIENCE_S):
            for start in range(0, len(self.writers), AT_ONCE):
                some = range(start, min(start + AT_ONCE, len(self.writers)))
                await asyncio.gather(*(self.writers[n].sit(self._ports[n % len(self._ports)]) for n in some))

    def begin(self, posts: int) -> None:
        """Let each post so often."""
        for writer in self.writers:
            writer.begin(posts)

    async def ends(self) -> None:
        """Return when all have posted and were answered."""
        async with asyncio.timeout(PATIENCE_S):
            for writer in self.writers:
                await writer.idle.wait()

    async def have_seen(self, seq: int) -> None:
        """Return when everyone was shown that event."""
        async with asyncio.timeout(PATIENCE_S):
            for writer in self.writers:
                while not writer.shown or writer.shown[-1].seq < seq:
                    assert not writer.lost, "a connection was lost"
                    await asyncio.sleep(0.02)

    def hang_up(self) -> None:
        """End every connection."""
        for writer in self.writers:
            with suppress(AttributeError):  # one that never came so far
                writer.close()
