"""Lines that lose, delay, cut in pieces or swallow what crosses them, one way or both."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis as Client
from redis.exceptions import ConnectionError as ConnectionLost

from drill.servers import Redis
from realtime.backplane.redis import RedisBackplane
from tests.ears import Ears, until_carried
from tests.realtime.backplane.crossing import Crossing, cutting_replies, passing, slicing, swallowing

# The publisher waits longer after each line that it loses.
ANSWERS = 4

Node = tuple[Crossing, RedisBackplane, Ears]


@pytest.fixture
async def node(redis_server: Redis) -> AsyncIterator[Node]:
    """A node behind a crossing, that hears room:a."""
    async with Crossing(redis_server) as crossing:
        backplane, ears = RedisBackplane(crossing.url), Ears()
        backplane.subscribe("room:a")
        await backplane.start(ears)
        await ears.until_live("room:a")
        yield crossing, backplane, ears
        await backplane.close()


@pytest.mark.parametrize(
    ("there", "back"),
    [(swallowing, swallowing), (swallowing, passing), (passing, swallowing)],
    ids=["both ways", "there", "back"],
)
async def test_a_line_on_which_all_is_lost_is_noticed_left_and_replaced(
    node: Node, there: object, back: object
) -> None:
    crossing, backplane, ears = node
    assert await backplane.probe(5.0)
    crossing.there, crossing.back = there, back  # type: ignore[assignment]
    backplane.publish("room:a", b"into the void")
    async with asyncio.timeout(2.0):
        assert not await backplane.probe(0.3)
    await ears.until(lambda: ears.losses == 1)
    for number in range(20_000):
        backplane.publish("room:a", b"%d" % number)
    assert not await backplane.probe(0.3)
    ears.live.clear()
    crossing.there = crossing.back = passing
    await ears.until_live("room:a")
    await until_carried(backplane)
    backplane.publish("room:a", b"again")
    await ears.until_heard("room:a", b"again")


async def test_a_line_that_cuts_all_in_pieces_carries_all(node: Node) -> None:
    crossing, backplane, ears = node
    crossing.there = crossing.back = slicing
    burst = [("room:a", b"%d" % number) for number in range(500)]
    for channel, payload in burst:
        backplane.publish(channel, payload)
    await ears.until_heard(*burst[-1])
    assert ears.heard == burst


async def test_what_may_have_been_published_is_not_published_again_when_its_answer_is_lost(
    node: Node, redis_server: Redis
) -> None:
    crossing, backplane, _ = node
    there, there_ears = RedisBackplane(redis_server.url), Ears()
    there.subscribe("room:a")
    await there.start(there_ears)
    await there_ears.until_live("room:a")
    crossing.back = cutting_replies
    for number in range(ANSWERS):
        backplane.publish("room:a", b"%d" % number)
        await there_ears.until_heard("room:a", b"%d" % number)
    crossing.back = passing
    await until_carried(backplane)
    backplane.publish("room:a", b"last")
    await there_ears.until_heard("room:a", b"last")
    assert there_ears.heard == [("room:a", b"%d" % number) for number in range(ANSWERS)] + [("room:a", b"last")]
    assert backplane.counts.dropped >= ANSWERS
    await there.close()


async def test_what_redis_py_publishes_with_its_own_retries_is_published_again(redis_server: Redis) -> None:
    """Why its client is not used: the same fault, and one message is two."""
    async with Crossing(redis_server) as crossing:
        there, ears = RedisBackplane(redis_server.url), Ears()
        there.subscribe("room:a")
        await there.start(ears)
        await ears.until_live("room:a")
        crossing.back = cutting_replies
        async with Client(host="127.0.0.1", port=crossing.port) as client:
            with pytest.raises(ConnectionLost):
                await client.publish("curbside:room:a", b"once")
        await ears.until(lambda: len(ears.heard) > 1)
        assert set(ears.heard) == {("room:a", b"once")}
        await there.close()
