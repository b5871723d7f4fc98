"""A consult of two nodes over a Redis that fails over."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from drill.sentinel import RedisSentinel
from drill.servers import Postgres, Redis
from tests.endtoend.callers import Callers
from tests.endtoend.site import Cluster, Ground
from tests.endtoend.test_outages import both_type, told


class Watched(Cluster):
    """Two nodes and a worker whose Redis is watched by sentinels."""

    def __init__(
        self, ground: Ground, folder: Path, redis: Redis, postgres: Postgres, redis_sentinel: RedisSentinel
    ) -> None:
        super().__init__(ground, folder, redis, postgres)
        self.environment["CURBSIDE_REDIS_URL"] = redis_sentinel.url


@pytest.fixture
def watched(
    cluster_start: Ground,
    tmp_path: Path,
    redis_server: Redis,
    postgres_server: Postgres,
    redis_sentinel: RedisSentinel,
) -> Iterator[Cluster]:
    with Watched(cluster_start, tmp_path, redis_server, postgres_server, redis_sentinel) as cluster:
        yield cluster
    redis_sentinel.start()


async def test_when_the_master_is_killed_the_consult_goes_on_and_signals_come_by_the_next_one(
    watched: Cluster, redis_sentinel: RedisSentinel
) -> None:
    async with Callers(watched) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        await both_type(ana, ben, room)
        lost = await asyncio.to_thread(lambda: redis_sentinel.master)
        await asyncio.to_thread(lost.kill)
        delays = [await told(author, reader, room) for author, reader in ((ana, ben), (ben, ana)) for _ in range(5)]
        assert sorted(delays)[-2] < 0.5, delays
        await both_type(ana, ben, room)
        assert await asyncio.to_thread(lambda: redis_sentinel.master) is not lost
        for number in (0, 1):
            await until_nothing_is_away(callers, number)

        for node in redis_sentinel.nodes:
            await asyncio.to_thread(node.kill)
        for seat in (ana, ben):
            await seat.next("health", backplane="away")
        for number in (0, 1):
            assert await callers.get("/readyz", node=number) == {"degraded": ["backplane"], "disks": 1}
            assert await callers.get("/healthz", node=number) == {"status": "alive"}
        await asyncio.to_thread(redis_sentinel.start)
        for seat in (ana, ben):
            await seat.next("health", backplane="ok")
        await both_type(ana, ben, room)
        assert ana.events(room) == ben.events(room) == await callers.log(room)


async def until_nothing_is_away(callers: Callers, node: int) -> None:
    """Return when a node says so; it takes people all the while."""
    async with asyncio.timeout(15):
        while True:
            if await callers.get("/readyz", node=node) == {"degraded": [], "disks": 1}:
                return
            await asyncio.sleep(0.05)
