"""A Redis that answers and does not serve: away, as one that is silent is, and back as soon as it serves again.

Publish-subscribe itself goes on in most of these states. Where it does, what stands between, or another Redis than the
one at hand, may still refuse it: those answers are put in on the way.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest

from drill.servers import Redis
from realtime.backplane.redis import RedisBackplane
from realtime.errors import Unavailable
from tests.ears import Ears, until_carried
from tests.realtime.backplane.crossing import Crossing, deafening, passing, refusing

REFUSALS = {
    "OOM": b"OOM command not allowed when used memory > 'maxmemory'.",
    "LOADING": b"LOADING Redis is loading the dataset in memory",
    "READONLY": b"READONLY You can't write against a read only replica.",
    "MISCONF": b"MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
    "MASTERDOWN": b"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    "NOREPLICAS": b"NOREPLICAS Not enough good replicas to write.",
    "BUSY": b"BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
    "NOPERM": b"NOPERM this user has no permissions to run the command",
    "MOVED": b"MOVED 1234 127.0.0.1:6381",
    "ERR": b"ERR max number of clients reached",
}


class Delicate(Redis):
    """A server whose memory, disk and time can be taken away. It saves when it is told to, and loads that slowly."""

    def command(self) -> list[str]:
        loading = ["--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024"]
        saving = ["--save", "3600 1000000", "--rdbcompression", "no"]
        return [*super().command(), "--busy-reply-threshold", "50", *saving, *loading]

    def answers(self) -> bool:
        return self.answer("PING") != ""


@pytest.fixture
def delicate() -> Iterator[Delicate]:
    with Delicate() as server:
        yield server


@pytest.fixture
async def node(delicate: Delicate) -> AsyncIterator[tuple[RedisBackplane, Ears]]:
    backplane, ears = RedisBackplane(delicate.url), Ears()
    backplane.subscribe("room:a")
    await backplane.start(ears)
    await ears.until_live("room:a")
    yield backplane, ears
    await backplane.close()


async def carries(backplane: RedisBackplane, ears: Ears) -> None:
    """A message still comes through, and so does a subscription that is new."""
    assert await backplane.probe(5.0)
    backplane.publish("room:a", b"still")
    await ears.until_heard("room:a", b"still")
    backplane.subscribe("room:new")
    await ears.until_live("room:new")


async def test_without_memory_it_carries_on(node: tuple[RedisBackplane, Ears], delicate: Delicate) -> None:
    delicate.answer("SET key value")
    delicate.answer("CONFIG SET maxmemory-policy noeviction maxmemory 1")
    assert delicate.answer("SET key other").startswith("-OOM")
    await carries(*node)


async def test_on_a_replica_it_carries_on(node: tuple[RedisBackplane, Ears], delicate: Delicate) -> None:
    assert delicate.answer("REPLICAOF 127.0.0.1 1") == "+OK\r\n"
    assert delicate.answer("SET key value").startswith("-READONLY")
    await carries(*node)


async def test_on_a_replica_that_has_lost_its_master_it_carries_on(
    node: tuple[RedisBackplane, Ears], delicate: Delicate
) -> None:
    delicate.answer("CONFIG SET replica-serve-stale-data no")
    delicate.answer("REPLICAOF 127.0.0.1 1")
    assert delicate.answer("GET key").startswith("-MASTERDOWN")
    await carries(*node)


async def test_while_it_cannot_save_it_carries_on(node: tuple[RedisBackplane, Ears], delicate: Delicate) -> None:
    (delicate.directory / "dump.rdb").mkdir()
    delicate.answer("BGSAVE")
    await asyncio.to_thread(delicate.wait_until, lambda: delicate.answer("SET key value").startswith("-MISCONF"))
    assert delicate.answer("PING").startswith("-MISCONF")
    await carries(*node)


async def test_while_it_loads_it_serves_or_is_away_and_then_it_is_back(delicate: Delicate) -> None:
    for number in range(200):
        delicate.answer(f"SET key:{number} {'x' * 100}")
    assert delicate.answer("SAVE") == "+OK\r\n"
    delicate.kill()
    await asyncio.to_thread(delicate.start)
    assert delicate.answer("GET key:1").startswith("-LOADING")
    backplane, ears = RedisBackplane(delicate.url), Ears()
    backplane.subscribe("room:a")
    async with asyncio.timeout(3.0):
        with suppress(Unavailable):
            await backplane.start(ears)
    await until_carried(backplane)
    await ears.until_live("room:a")
    await carries(backplane, ears)
    await backplane.close()


async def test_while_a_script_runs_it_is_away_and_then_it_is_back(
    node: tuple[RedisBackplane, Ears], delicate: Delicate
) -> None:
    backplane, ears = node
    with socket.create_connection(("127.0.0.1", delicate.port)) as script:
        script.sendall(b"EVAL 'while true do end' 0\r\n")
        await asyncio.to_thread(delicate.wait_until, lambda: delicate.answer("PING").startswith("-BUSY"))
        dropped = backplane.counts.dropped
        assert not await backplane.probe(0.5)
        assert backplane.counts.dropped > dropped
        delicate.answer("SCRIPT KILL")
    await until_carried(backplane)
    await carries(backplane, ears)


@pytest.mark.parametrize("code", REFUSALS)
async def test_whatever_it_answers_to_what_is_published_it_is_away_until_it_takes_it(
    redis_server: Redis, code: str
) -> None:
    async with Crossing(redis_server) as crossing:
        backplane, ears = RedisBackplane(crossing.url), Ears()
        backplane.subscribe("room:a")
        await backplane.start(ears)
        await ears.until_live("room:a")
        assert await backplane.probe(5.0)
        crossing.there, crossing.back = unheard, refusing(REFUSALS[code])
        backplane.publish("room:a", b"refused")
        async with asyncio.timeout(2.0):
            assert not await backplane.probe(0.5)
        assert backplane.counts.dropped >= 1
        crossing.there = crossing.back = passing
        await until_carried(backplane)
        backplane.publish("room:a", b"taken")
        await ears.until_heard("room:a", b"taken")
        assert ("room:a", b"refused") not in ears.heard
        await backplane.close()


async def unheard(part: bytes) -> AsyncIterator[bytes]:
    """What is published goes where nobody listens, so that there is an answer and nothing else."""
    if b"PUBLISH" in part:
        part = part.replace(b"curbside:room:a", b"curbside:nobody").replace(b"curbside:pulse", b"nobodies:pulse")
    yield part


@pytest.mark.parametrize("code", REFUSALS)
async def test_whatever_it_answers_to_subscriptions_it_is_away_until_it_takes_them(
    redis_server: Redis, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Crossing(redis_server) as crossing:
        backplane, ears = RedisBackplane(crossing.url), Ears()
        await backplane.start(ears)
        crossing.back = deafening(REFUSALS[code])
        backplane.subscribe("room:a")
        await ears.until(lambda: ears.losses == 1)
        assert not await backplane.probe(0.3)
        assert ears.live == []
        crossing.back = passing
        await ears.until_live("room:a")
        await until_carried(backplane)
        await backplane.close()
    away = [record.getMessage() for record in caplog.records if "away" in record.getMessage()]
    assert len(away) == 1 and "127.0.0.1" not in away[0]
