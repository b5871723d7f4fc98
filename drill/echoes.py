"""A network that carries messages twice and out of order: what nodes publish is published again, later, shuffled."""

import asyncio
import contextlib
from collections.abc import Coroutine
from random import Random
from typing import Any, Final

from redis.asyncio import Redis

CHANNELS: Final = "curbside:*"
TIMES: Final = 3
LATEST_S: Final = 0.3


class Echoes:
    """Use as `async with Echoes(port, chance)`. `made`: how many messages were published again."""

    def __init__(self, port: int, chance: Random) -> None:
        self.made = 0
        self._redis = Redis(port=port)
        self._chance = chance
        self._heard: set[tuple[bytes, bytes]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Echoes":
        self._subscription = self._redis.pubsub()
        await self._subscription.psubscribe(CHANNELS)
        self._start(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(OSError):
            await self._subscription.aclose()  # type: ignore[no-untyped-call]
            await self._redis.aclose()

    async def _listen(self) -> None:
        async for message in self._subscription.listen():
            if message["type"] != "pmessage":
                continue
            said = (message["channel"], message["data"])
            if said not in self._heard:
                self._heard.add(said)
                for _ in range(TIMES):
                    self._start(self._again(*said))

    async def _again(self, channel: bytes, payload: bytes) -> None:
        await asyncio.sleep(self._chance.uniform(0, LATEST_S))
        await self._redis.publish(channel, payload)
        self.made += 1

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
