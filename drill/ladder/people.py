"""Those who are rung: each with a device, and a way of answering that is drawn once."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from typing import Any, Final, Literal

from client.client import Client
from client.errors import ClientClosed, RefusedByServer
from client.frames import Frame

Manner = Literal["accepts", "declines", "silent"]

MOST_THINKING_S: Final = 3.0
SILENT: Final = 1 / 3
DECLINES: Final = 1 / 6
READ_BACK: Final = "Chest pain for two hours, pressure falling; you ask what to give now."


class Physician:
    """`arrived`: after how many ms each notice was on their device first. `ended`: those that need no look any more."""

    def __init__(self, client: Client, manner: Manner, chance: Random) -> None:
        self.manner = manner
        self.arrived: dict[str, tuple[int, int]] = {}
        self.ended: set[str] = set()
        self.refused: dict[str, int] = {}
        self._client = client
        self._chance = chance
        self._answering: set[asyncio.Task[None]] = set()

    async def listen(self) -> None:
        """Take what comes, until cancelled."""
        async for frame in self._client.notices:
            if frame["t"] == "notice" and frame["kind"] == "page":
                self._take(frame)

    def _take(self, frame: Frame) -> None:
        if "ended" in frame:
            self.ended.add(frame["page"])
            return
        self._client.noticed(frame["notice"], "delivered")
        if frame["notice"] in self.arrived:
            return
        now_ms = time.time_ns() // 1_000_000
        self.arrived[frame["notice"]] = (now_ms, now_ms - frame["at"])
        if self.manner != "silent":
            task = asyncio.create_task(self._answer(frame))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer(self, frame: Frame) -> None:
        await asyncio.sleep(self._chance.uniform(0.1, MOST_THINKING_S))
        room, page = frame["room"], frame["page"]
        said: dict[str, Any] = {"answer": "accept", "read_back": READ_BACK}
        if self.manner == "declines":
            said = {"answer": "decline", "reason": "In theatre."}
        try:
            self._client.noticed(frame["notice"], "seen")
            await self._client.join(room)
            await self._client.command(room, "respond", page=page, **said)
        except RefusedByServer as refused:  # another was faster, as it should be
            self.refused[refused.code] = self.refused.get(refused.code, 0) + 1
        except ClientClosed:  # the drill is over
            return
        self._client.leave(room)


def manners(chance: Random, count: int) -> list[Manner]:
    """A third never answer, a sixth decline, the others accept."""
    silent, declining = round(SILENT * count), round(DECLINES * count)
    shares: list[tuple[Manner, int]] = [("silent", silent), ("declines", declining)]
    shares.append(("accepts", count - silent - declining))
    drawn = [manner for manner, share in shares for _ in range(share)]
    chance.shuffle(drawn)
    return drawn


async def on_duty(
    stack: AsyncExitStack, urls: Sequence[str], tokens: Sequence[str], drawn: Sequence[Manner], chance: Random
) -> list[Physician]:
    """Everybody connected and listening until `stack` ends; half of them begin at each node."""
    found: list[Physician] = []
    for n, (token, manner) in enumerate(zip(tokens, drawn, strict=True)):
        at = n % len(urls)
        client = await stack.enter_async_context(Client([*urls[at:], *urls[:at]], token=token))
        found.append(Physician(client, manner, chance))
        listening = asyncio.create_task(found[-1].listen())
        stack.callback(listening.cancel)
    return found
