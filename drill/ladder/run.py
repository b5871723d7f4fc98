"""The drill: cases all at once; a node, a worker and Redis are killed in the middle; then the record is read."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from typing import Final

from client.client import Client
from drill.ladder.people import Manner, manners, on_duty
from drill.ladder.site import SPECIALTY, TIER_S, LadderSite
from drill.ladder.tally import Log, Tally, tally
from drill.site import blocking

PRESENTERS: Final = 10
CALM_S: Final = 2.0
AWAY_S: Final = 4.0
PATIENCE_S: Final = 5 * TIER_S
CASE: Final = {
    "title": "Chest pain",
    "acuity": "stat",
    "specialties": [SPECIALTY],
    "situation": "Adult, chest pain for two hours, pressure falling.",
    "assessment": "Infarction of the right ventricle?",
    "request": "What to give now?",
}


async def drill(site: LadderSite, cases: int, people: int, *, seed: int = 1, breaks: bool = True) -> Tally:
    """So many cases at once, for so many people to answer; where it `breaks`, in the middle of that."""
    chance = Random(seed)
    async with AsyncExitStack() as stack:
        tokens = [*await site.physicians(people), site.last]
        drawn: list[Manner] = [*manners(chance, people), "accepts"]
        physicians = await on_duty(stack, site.urls, tokens, drawn, chance)
        openers = [
            await stack.enter_async_context(Client(site.urls, token=token))
            for token in await site.presenters(min(PRESENTERS, cases))
        ]
        broke_at_ms = 2**62
        rooms = await _opened(openers, cases // 2)
        if breaks:
            await asyncio.sleep(CALM_S)
            broke_at_ms = time.time_ns() // 1_000_000
            breaking = asyncio.create_task(_break(site))
        rooms |= await _opened(openers, cases - cases // 2)
        if breaks:
            await breaking
        logs = await _settled(rooms)
        return tally(logs, physicians, broke_at_ms)


async def _opened(openers: Sequence[Client], count: int) -> dict[str, Client]:
    """So many cases, opened all at once, each with its presenter."""
    those = [openers[n % len(openers)] for n in range(count)]
    return dict(zip(await asyncio.gather(*(one.open_case(**CASE) for one in those)), those, strict=True))


async def _break(site: LadderSite) -> None:
    """Kill a node, a worker and Redis, and let them come back after a while."""
    await blocking(site.nodes[0].kill)
    await blocking(site.workers[0].kill)
    await blocking(site.redis.kill)
    await asyncio.sleep(AWAY_S)
    await blocking(site.redis.start)
    await blocking(site.nodes[0].start)
    await blocking(site.workers[0].start)


async def _settled(rooms: dict[str, Client]) -> list[Log]:
    """The logs, once nobody is waited for in any of them, or patience ends."""
    logs: dict[str, Log] = {}
    deadline_s = time.monotonic() + PATIENCE_S
    while len(logs) < len(rooms) and time.monotonic() < deadline_s:
        for room in rooms.keys() - logs.keys():
            copy = await rooms[room].get(f"/api/cases/{room}")
            pages = copy["state"].get("pages", [])
            if pages and all(page["state"] != "ringing" for page in pages):
                logs[room] = await _log(rooms[room], room)
        await asyncio.sleep(0.5)
    return [logs.get(room) or await _log(presenter, room) for room, presenter in rooms.items()]


async def _log(client: Client, room: str) -> Log:
    events: Log = (await client.get(f"/api/cases/{room}/events?limit=500"))["events"]
    return events
