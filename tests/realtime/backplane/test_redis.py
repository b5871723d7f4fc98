"""What only a Redis can do to a backplane."""

import asyncio
import logging
import random
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import uvloop

from drill.servers import Redis, RedisCluster
from realtime.backplane.envelope import Envelope
from realtime.backplane.messages import Asked
from realtime.backplane.redis import RedisBackplane
from realtime.errors import Unavailable
from tests.conftest import running
from tests.ears import Ears, until_carried


@pytest.fixture(params=["redis_server", "redis_cluster"])
def server(request: pytest.FixtureRequest) -> Redis:
    server: Redis = request.getfixturevalue(request.param)
    return server


@pytest.fixture(params=[Redis, RedisCluster])
def own_server(request: pytest.FixtureRequest) -> Iterator[Redis]:
    """One that nobody else is connected to."""
    yield from running(request.param)


@pytest.fixture
async def node(server: Redis) -> AsyncIterator[tuple[RedisBackplane, Ears]]:
    backplane, ears = await joined(server.url, "room:a", "room:b")
    yield backplane, ears
    await backplane.close()


COUNT = "+incrby +expire +pttl"


async def joined(url: str, *channels: str) -> tuple[RedisBackplane, Ears]:
    backplane, ears = RedisBackplane(url), Ears()
    for channel in channels:
        backplane.subscribe(channel)
    await backplane.start(ears)
    await ears.until_live(*channels)
    return backplane, ears


def publish(server: Redis, channel: str, payload: bytes) -> None:
    """As someone does who can write to Redis and is no node. Blocks until it is done."""
    word = b"SPUBLISH" if "cluster" in server.url else b"PUBLISH"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(
            b"*3\r\n" + b"".join(b"$%d\r\n%s\r\n" % (len(p), p) for p in (word, channel.encode(), payload))
        )
        assert connection.recv(100).startswith(b":")


async def test_subscriptions_that_the_server_ends_come_back_and_say_so(
    node: tuple[RedisBackplane, Ears], server: Redis
) -> None:
    backplane, ears = node
    ears.live.clear()
    server.answer("CLIENT KILL TYPE pubsub")
    await ears.until_live("room:a", "room:b")
    backplane.publish("room:b", b"again")
    await ears.until_heard("room:b", b"again")
    assert backplane.counts.reconnects == 1


async def test_what_is_said_while_nobody_listens_is_lost_and_a_new_subscription_says_so(
    node: tuple[RedisBackplane, Ears], server: Redis
) -> None:
    backplane, ears = node
    ears.live.clear()
    word = "SPUBLISH" if "cluster" in server.url else "PUBLISH"
    heard_by = server.answer(f"CLIENT KILL TYPE pubsub\r\n{word} curbside:room:a lost")
    assert heard_by.endswith(":0\r\n")
    await ears.until(lambda: ears.losses == 1)
    await ears.until_live("room:a", "room:b")
    backplane.publish("room:a", b"again")
    await ears.until_heard("room:a", b"again")
    assert ears.heard == [("room:a", b"again")]


async def test_publishing_goes_on_after_the_server_has_hung_up(
    node: tuple[RedisBackplane, Ears], server: Redis
) -> None:
    backplane, ears = node
    assert await backplane.probe(5.0)
    assert server.answer("CLIENT KILL TYPE normal") != ":0\r\n"
    await until_carried(backplane)
    backplane.publish("room:a", b"after")
    await ears.until_heard("room:a", b"after")


async def test_a_server_that_is_wiped_changes_nothing(node: tuple[RedisBackplane, Ears], server: Redis) -> None:
    backplane, ears = node
    ears.live.clear()
    assert server.answer("FLUSHALL") == "+OK\r\n"
    backplane.publish("room:a", b"still here")
    await ears.until_heard("room:a", b"still here")
    assert await backplane.probe(5.0)
    assert ears.live == []
    assert server.answer("DBSIZE") == ":0\r\n"


async def test_a_server_that_hangs_fails_the_probe_and_leaves_the_loop_alone(
    node: tuple[RedisBackplane, Ears], server: Redis
) -> None:
    backplane, ears = node
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    try:
        watch = asyncio.create_task(longest_turn_s())
        assert [await backplane.probe(1.0) for _ in range(2)] == [False] * 2
        backplane.publish("room:a", b"nobody")
        assert not await backplane.probe(1.0)
        watch.cancel()
        assert await watch < 1.0, "the loop stood still for a probe"
    finally:
        ears.live.clear()
        server.process.send_signal(signal.SIGCONT)
    await ears.until_live("room:a", "room:b")
    assert await backplane.probe(5.0)


async def longest_turn_s() -> float:
    """The longest that the loop took for a turn, until this is cancelled."""
    longest = 0.0
    try:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - before)
    except asyncio.CancelledError:
        return longest


async def test_a_reader_that_was_too_slow_is_told_that_it_may_have_missed_something(
    node: tuple[RedisBackplane, Ears], server: Redis
) -> None:
    backplane, ears = node
    ears.live.clear()
    server.answer("CONFIG SET client-output-buffer-limit 'pubsub 1mb 512kb 2'")
    try:
        # The loop does not read meanwhile, until the kernel's buffers and Redis' own are full.
        for _ in range(400):
            publish(server, "curbside:room:a", b"x" * 100_000)
    finally:
        server.answer("CONFIG SET client-output-buffer-limit 'pubsub 32mb 8mb 60'")
    await ears.until_live("room:a", "room:b")
    assert len(ears.heard) < 400
    backplane.publish("room:a", b"again")
    await ears.until_heard("room:a", b"again")


async def test_what_no_node_has_sealed_is_dropped(node: tuple[RedisBackplane, Ears], server: Redis) -> None:
    backplane, ears = node
    ana, ben = Envelope(b"secret", "ana"), Envelope(b"secret", "ben")
    stranger = Envelope(b"guess", "ana")
    for payload in (b"garbage", stranger.seal(Asked("a")), ana.seal(Asked("b"))[:-1] + b"a"):
        publish(server, "curbside:room:a", payload)
    backplane.publish("room:a", ana.seal(Asked("a")))
    await ears.until(lambda: len(ears.heard) == 4)
    assert [ben.open(payload) for _, payload in ears.heard] == [None, None, None, Asked("a")]
    assert ben.forged == 3


async def test_it_asks_for_no_more_than_publish_subscribe_and_counters_need(server: Redis) -> None:
    allowed = "+subscribe +unsubscribe +publish +ssubscribe +sunsubscribe +spublish +cluster|slots"
    named = "resetchannels &curbside:* ~curbside:count:*"
    server.answer(f"ACL SETUSER curbside on >p%40ss reset on >p@ss&word -@all {allowed} {COUNT} {named}")
    try:
        scheme, _, place = server.url.partition("://")
        backplane, ears = await joined(f"{scheme}://curbside:p%40ss%26word@{place}", "room:a")
        backplane.publish("room:a", b"hello")
        await ears.until_heard("room:a", b"hello")
        backplane.unsubscribe("room:a")
        assert await backplane.probe(5.0)
        assert await backplane.count("key", 1, 60) is not None
        assert backplane.counts.dropped == backplane.counts.reconnects == 0
        await backplane.close()
        assert not refused(server.answer("AUTH curbside p@ss&word\r\nSUBSCRIBE curbside:room:a"))
        for other in (
            "FLUSHALL",
            "GET key",
            "CONFIG GET *",
            "PUBLISH elsewhere x",
            "SUBSCRIBE elsewhere",
            "INCRBY other 1",
        ):
            assert refused(server.answer(f"AUTH curbside p@ss&word\r\n{other}")), other
    finally:
        server.answer("ACL DELUSER curbside")


def refused(answer: str) -> bool:
    """Whether the second of two commands was not allowed."""
    return "-NOPERM" in answer


async def test_where_it_may_not_count_it_says_so_once_and_counts_nothing(
    server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer("ACL SETUSER curbside on nopass -@all +@pubsub +cluster|slots +config|get allchannels")
    try:
        scheme, _, place = server.url.partition("://")
        backplane, _ = await joined(f"{scheme}://curbside:any@{place}", "room:a")
        assert [await backplane.count("key", 1, 60) for _ in range(3)] == [None] * 3
        await backplane.close()
    finally:
        server.answer("ACL DELUSER curbside")
    assert [record.getMessage() for record in caplog.records] == [
        "Redis does not let nodes count, so each counts for itself: see docs/operate.md"
    ]


async def test_settings_that_would_cost_messages_are_warned_of_once(
    server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer("CONFIG SET client-output-buffer-limit 'pubsub 1mb 512kb 2'")
    try:
        backplane, ears = await joined(server.url, "room:a")
        await asyncio.to_thread(server.wait_until, lambda: len(caplog.records) == 2)
        server.answer("CLIENT KILL TYPE pubsub")
        await ears.until(lambda: ears.live == ["room:a", "room:a"])
        assert await backplane.probe(5.0)
        await backplane.close()
    finally:
        server.answer("CONFIG SET client-output-buffer-limit 'pubsub 32mb 8mb 60'")
    warned = [record.getMessage() for record in caplog.records if "client-output-buffer-limit" in record.getMessage()]
    assert len(warned) == 2 and "1048576 bytes" in warned[0] and "524288 bytes" in warned[1]


async def test_a_server_with_its_usual_settings_is_not_warned_of(
    server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer("CONFIG RESETSTAT")
    backplane, _ = await joined(server.url, "room:a")
    await asyncio.to_thread(server.wait_until, lambda: "cmdstat_config|get:" in server.answer("INFO commandstats"))
    assert await backplane.probe(5.0)
    await backplane.close()
    assert caplog.records == []


async def test_a_server_whose_settings_may_not_be_read_is_said_to_be_so_without_alarm(
    server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.answer("ACL SETUSER curbside on nopass -@all +@pubsub +cluster|slots allchannels")
    try:
        scheme, _, place = server.url.partition("://")
        backplane, _ = await joined(f"{scheme}://curbside:any@{place}", "room:a")
        await asyncio.to_thread(server.wait_until, lambda: len(caplog.records) > 0)
        await backplane.close()
    finally:
        server.answer("ACL DELUSER curbside")
    [record] = caplog.records
    assert record.levelno == logging.INFO and "docs/operate.md" in record.getMessage()


async def test_a_wrong_password_is_as_a_server_that_is_away(server: Redis) -> None:
    scheme, _, place = server.url.partition("://")
    backplane = RedisBackplane(f"{scheme}://nobody:wrong@{place}")
    with pytest.raises(Unavailable, match="does not answer"):
        await backplane.start(Ears())
    backplane.publish("room:a", b"nobody")
    await backplane.close()


async def test_subscriptions_of_one_turn_are_one_command(redis_server: Redis) -> None:
    backplane, ears = await joined(redis_server.url)
    redis_server.answer("CONFIG RESETSTAT")
    rooms = [f"room:{number}" for number in range(500)]
    for room in rooms:
        backplane.subscribe(room)
    await ears.until_live(*rooms)
    assert "cmdstat_subscribe:calls=1," in redis_server.answer("INFO commandstats")
    await backplane.close()


async def test_whatever_is_killed_meanwhile_all_that_is_wanted_is_heard_in_the_end_and_nothing_stays(
    own_server: Redis,
) -> None:
    server = own_server
    chance = random.Random(1)
    rooms = [f"room:{number}" for number in range(100)]
    backplane, ears = await joined(server.url)
    wanted: set[str] = set()
    for _ in range(30):
        for room in chance.sample(rooms, 30):
            (backplane.unsubscribe if room in wanted else backplane.subscribe)(room)
            wanted ^= {room}
            backplane.publish(room, b"meanwhile")
        server.answer(f"CLIENT KILL TYPE {chance.choice(['pubsub', 'normal'])}")
        await asyncio.sleep(chance.random() / 50)
    await until_carried(backplane)
    ears.heard.clear()
    for room in rooms:
        backplane.publish(room, b"in the end")
    await ears.until(lambda: len(ears.heard) >= len(wanted))
    assert await backplane.probe(5.0)
    assert sorted(room for room, _ in ears.heard) == sorted(wanted)
    await backplane.close()
    await asyncio.to_thread(server.wait_until, lambda: "connected_clients:1\r" in server.answer("INFO clients"))


def test_it_works_on_uvloop_too(server: Redis) -> None:
    async def consult() -> None:
        backplane, ears = await joined(server.url, "room:a")
        ears.live.clear()
        server.answer("CLIENT KILL TYPE pubsub")
        await ears.until_live("room:a")
        for number in range(5_000):
            backplane.publish("room:a", b"%d" % number)
        await ears.until_heard("room:a", b"4999")
        await asyncio.to_thread(server.kill)
        backplane.publish("room:a", b"away")
        assert not await backplane.probe(0.2)
        ears.live.clear()
        await asyncio.to_thread(server.start)
        await ears.until_live("room:a")
        assert await backplane.probe(5.0)
        await backplane.close()

    uvloop.run(consult())
