"""A Redis that fails over: the sentinels name another master, and the backplane is there as soon as they say so."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from drill.sentinel import RedisSentinel, Sentinel, sentinel_url
from drill.servers import Redis, Server
from realtime.backplane import sentinels
from realtime.backplane.redis import RedisBackplane
from realtime.errors import Unavailable
from tests.ears import PATIENCE_S, Ears, until_carried
from tests.realtime.backplane.crossing import Crossing, dawdling


@pytest.fixture
def redis(redis_sentinel: RedisSentinel) -> Iterator[RedisSentinel]:
    """The sentinels and their servers, which a test may harm."""
    yield redis_sentinel
    for node in redis_sentinel.nodes:
        node.kill()
    redis_sentinel.start()


@asynccontextmanager
async def joined(url: str, *channels: str) -> AsyncIterator[tuple[RedisBackplane, Ears]]:
    backplane, ears = RedisBackplane(url), Ears()
    for channel in channels:
        backplane.subscribe(channel)
    await backplane.start(ears)
    try:
        await ears.until_live(*channels)
        yield backplane, ears
    finally:
        await backplane.close()


async def heard_across(one: RedisBackplane, ears: Ears, payload: bytes) -> None:
    """Publish until the other hears it: what is published while nobody knows the master is dropped."""
    async with asyncio.timeout(PATIENCE_S):
        while ("room:a", payload) not in ears.heard:
            one.publish("room:a", payload)
            await asyncio.sleep(0.02)


def send(server: Server, number: signal.Signals) -> None:
    if server.process is not None:
        server.process.send_signal(number)


@pytest.mark.parametrize("fault", ["killed", "stopped", "told to step down"])
async def test_when_the_master_is_lost_all_that_was_wanted_is_heard_at_the_next_one(
    redis: RedisSentinel, fault: str
) -> None:
    rooms = [f"room:{number}" for number in range(50)]
    async with joined(redis.url, "room:a", *rooms) as (ana, ana_ears), joined(redis.url, "room:a") as (ben, ben_ears):
        await heard_across(ana, ben_ears, b"before")
        lost = await asyncio.to_thread(lambda: redis.master)
        ana_ears.live.clear()
        match fault:
            case "killed":
                await asyncio.to_thread(lost.kill)
            case "stopped":
                send(lost, signal.SIGSTOP)
            case _:
                sentinel = redis.sentinels[0]
                await asyncio.to_thread(
                    sentinel.wait_until, lambda: "OK" in sentinel.answer("SENTINEL FAILOVER curbside")
                )
        probing = asyncio.create_task(probed_each_second(ana, ben))
        await ana_ears.until_live("room:a", *rooms)
        await heard_across(ana, ben_ears, b"after")
        await heard_across(ben, ana_ears, b"and back")
        probing.cancel()
        assert redis.master is not lost
        assert ana.counts.reconnects > 0 < ana_ears.losses
        send(lost, signal.SIGCONT)
        await asyncio.to_thread(redis.start)
        await until_carried(ana)
        await heard_across(ana, ben_ears, b"still")


async def probed_each_second(*backplanes: RedisBackplane) -> None:
    """As a node does."""
    while True:
        await asyncio.gather(*(backplane.probe(1.0) for backplane in backplanes))
        await asyncio.sleep(0.2)


async def detached(redis: RedisSentinel) -> None:
    """The sentinels lose the master, and name another; it lives on, and so does every other line to it."""
    lost = redis.master
    await asyncio.to_thread(lost.abandon)
    await asyncio.to_thread(redis.until_failed_over, lost)
    assert "master" in await asyncio.to_thread(lost.answer, "ROLE")


async def test_a_master_that_was_given_up_but_lives_is_left_on_the_sentinels_word(redis: RedisSentinel) -> None:
    async with joined(redis.url, "room:a") as (ana, ana_ears):
        await detached(redis)
        async with joined(redis.url, "room:a") as (ben, ben_ears):
            await heard_across(ben, ana_ears, b"from the new one")
            await heard_across(ana, ben_ears, b"at the new one")
            assert await ana.probe(5.0)


async def test_without_the_sentinels_word_a_node_starves_there_and_its_own_probe_says_that_all_is_well(
    redis: RedisSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentinels.Sentinels, "again_s", None)
    async with joined(redis.url, "room:a") as (ana, ana_ears):
        await detached(redis)
        async with joined(redis.url, "room:a") as (ben, ben_ears):
            ben.publish("room:a", b"to nobody there")
            await ben_ears.until_heard("room:a", b"to nobody there")
            assert await ana.probe(5.0)
            assert ana_ears.heard == []


async def test_while_the_sentinels_are_away_the_master_that_they_named_goes_on(redis: RedisSentinel) -> None:
    async with joined(redis.url, "room:a") as (ana, ears):
        for sentinel in redis.sentinels:
            await asyncio.to_thread(sentinel.kill)
        redis.master.answer("CLIENT KILL TYPE pubsub")
        ears.live.clear()
        await ears.until_live("room:a")
        await heard_across(ana, ears, b"all the same")
        late, late_ears = RedisBackplane(redis.url), Ears()
        late.subscribe("room:a")
        with pytest.raises(Unavailable):
            await late.start(late_ears)
        await asyncio.to_thread(redis.start)
        await late_ears.until_live("room:a")
        await late.close()


async def test_one_sentinel_that_is_away_and_one_that_is_quick_and_mistaken_change_nothing(
    redis: RedisSentinel,
) -> None:
    silent, *slow = redis.sentinels
    with Redis() as other, Sentinel(other.port) as lonely:
        async with Crossing(slow[0]) as one, Crossing(slow[1]) as two:
            one.back = two.back = dawdling
            send(silent, signal.SIGSTOP)
            try:
                url = sentinel_url(lonely.port, silent.port, one.port, two.port)
                async with joined(url, "room:a") as (ana, _), joined(redis.url, "room:a") as (_, ears):
                    await heard_across(ana, ears, b"there")
                assert lonely.named == other.port
            finally:
                send(silent, signal.SIGCONT)


async def test_a_master_of_another_name_is_not_found_and_the_log_says_so(
    redis: RedisSentinel, caplog: pytest.LogCaptureFixture
) -> None:
    backplane = RedisBackplane(sentinel_url(redis.sentinels[0].port, service="unknown"))
    with pytest.raises(Unavailable):
        await backplane.start(Ears())
    await backplane.close()
    assert [record.getMessage() for record in caplog.records] == [
        "nobody says who carries the backplane: the sentinels know no master of that name"
    ]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("sentinel_password=p%40ss", "AuthenticationError"),
        (":p%40ss", "AuthenticationError"),
    ],
)
async def test_wrong_passwords_are_told_apart_in_the_log_by_whom_they_are_for(
    redis: RedisSentinel, caplog: pytest.LogCaptureFixture, part: str, said: str
) -> None:
    backplane = RedisBackplane(redis.url.replace(part, f"{part}wrong", 1))
    with pytest.raises(Unavailable):
        await backplane.start(Ears())
    await backplane.close()
    [line] = {record.getMessage() for record in caplog.records}
    assert line.endswith(said) and ("nobody says who" in line) == part.startswith("sentinel")


async def test_a_sentinel_that_hangs_makes_nobody_wait(redis: RedisSentinel) -> None:
    for sentinel in redis.sentinels:
        send(sentinel, signal.SIGSTOP)
    try:
        backplane = RedisBackplane(redis.url)
        async with asyncio.timeout(3.0):
            with pytest.raises(Unavailable):
                await backplane.start(Ears())
        async with asyncio.timeout(3.0):
            assert not await backplane.probe(0.3)
            await backplane.close()
    finally:
        for sentinel in redis.sentinels:
            send(sentinel, signal.SIGCONT)
