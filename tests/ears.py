"""Who listens to a backplane in a test: keeps what comes, and waits for it."""

import asyncio
from collections.abc import Callable

from realtime.backplane.base import Backplane

PATIENCE_S = 15.0


class Ears:
    """A receiver. `heard` is what came, `live` each subscription that began, in order; `losses` counts losses."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.live: list[str] = []
        self.losses = 0
        self._news = asyncio.Event()

    def received(self, channel: str, payload: bytes) -> None:
        self.heard.append((channel, payload))
        self._news.set()

    def subscribed(self, channel: str) -> None:
        self.live.append(channel)
        self._news.set()

    def lost(self) -> None:
        self.losses += 1
        self._news.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def until_heard(self, channel: str, payload: bytes) -> None:
        await self.until(lambda: (channel, payload) in self.heard)

    async def until_live(self, *channels: str) -> None:
        await self.until(lambda: set(channels) <= set(self.live))


async def until_carried(backplane: Backplane) -> None:
    """Wait until what is published comes back."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await backplane.probe(0.5):
                return
            await asyncio.sleep(0.01)
