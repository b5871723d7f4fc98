"""A server that lives, answers, and has been left by everyone else: only a probe through publish-subscribe notices."""

from drill.servers import Redis
from realtime.backplane.redis import RedisBackplane
from tests.ears import Ears
from tests.realtime.backplane.crossing import Crossing


async def test_a_subscription_that_starves_is_noticed_and_replaced(redis_server: Redis) -> None:
    with Redis() as promoted:
        async with Crossing(redis_server) as crossing:
            backplane, ears = RedisBackplane(crossing.url), Ears()
            backplane.subscribe("room:a")
            await backplane.start(ears)
            assert await backplane.probe(5.0)
            ears.live.clear()

            crossing.server = promoted
            redis_server.answer("CLIENT KILL TYPE normal")
            backplane.publish("room:a", b"said where nobody listens")
            assert not await backplane.probe(0.3)

            await ears.until_live("room:a")
            assert await backplane.probe(5.0)
            backplane.publish("room:a", b"heard")
            await ears.until_heard("room:a", b"heard")
            assert ears.heard == [("room:a", b"heard")]
            await backplane.close()
