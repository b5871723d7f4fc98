"""Redis away, wiped, hanging, refusing, cut off; what it carries late, doubled or not at all."""

from typing import Final

from drill.cluster import Cluster
from drill.echoes import Echoes
from drill.row import Ground, Row, lose_answers_on
from drill.site import blocking


async def kill_redis(ground: Ground[Cluster]) -> None:
    """Redis is killed, is away for a minute, and comes back empty."""
    await blocking(ground.site.redis.kill)
    await ground.wait(60)
    await blocking(ground.site.redis.start)
    await ground.wait(5)


async def wipe_redis(ground: Ground[Cluster]) -> None:
    """FLUSHALL, and every line on which somebody listens is cut."""
    for _ in range(5):
        await _tell(ground, "FLUSHALL", "CLIENT KILL TYPE pubsub")
        await ground.wait(2)


async def hang_redis(ground: Ground[Cluster]) -> None:
    """Redis is there and says nothing."""
    ground.site.redis.pause()
    try:
        await ground.wait(30)
    finally:
        ground.site.redis.resume()
    await ground.wait(5)


async def drop_redis(ground: Ground[Cluster]) -> None:
    """The network drops everything between nodes and Redis, in both directions."""
    ground.site.redis_line.silence()
    await ground.wait(30)
    ground.site.redis_line.heal()
    await ground.wait(5)


async def drop_one_way(ground: Ground[Cluster]) -> None:
    """Only what Redis sends is dropped: publishing goes on, and nobody hears."""
    ground.site.redis_line.silence(up=False)
    await ground.wait(20)
    ground.site.redis_line.heal()
    ground.site.redis_line.delay_s, ground.site.redis_line.piece = 0.2, 7
    await ground.wait(10)
    ground.site.redis_line.heal()


async def lose_replies(ground: Ground[Cluster]) -> None:
    """What Redis answers is lost after it was done, and the line is cut."""
    await lose_answers_on(ground, ground.site.redis_line, 10)


async def echo_messages(ground: Ground[Cluster]) -> None:
    """What nodes publish is carried four times, out of order."""
    async with Echoes(ground.site.redis.port, ground.chance) as echoes:
        await ground.wait(20)
    if not echoes.made:
        raise AssertionError("no message was carried again: nothing was published")


async def starve_listeners(ground: Ground[Cluster]) -> None:
    """Redis drops those who listen, for their buffer is over a limit."""
    await _tell(ground, 'CONFIG SET client-output-buffer-limit "pubsub 2kb 1kb 1"')
    ground.site.redis_line.silence(up=False)
    await ground.wait(5)
    ground.site.redis_line.heal()
    await ground.wait(10)
    await _tell(ground, 'CONFIG SET client-output-buffer-limit "pubsub 32mb 8mb 60"')


async def refuse(ground: Ground[Cluster]) -> None:
    """Redis is out of memory, then a replica, then lets nobody publish, then is again what it was."""
    await _tell(ground, "CONFIG SET maxmemory 1", "CONFIG SET maxmemory-policy noeviction")
    await ground.wait(5)
    await _tell(ground, "CONFIG SET maxmemory 0", "REPLICAOF 127.0.0.1 1")
    await ground.wait(5)
    await _tell(ground, "REPLICAOF NO ONE", "ACL SETUSER default -publish")
    await ground.wait(10)
    await _tell(ground, "ACL SETUSER default +publish")


async def _tell(ground: Ground[Cluster], *lines: str) -> None:
    for line in lines:
        await blocking(lambda line=line: ground.site.redis.answer(line))  # type: ignore[misc]


# What brings to a node what it was not told: one of them is enough.
NEWS: Final = ("compare_heads", "reread", "hole_filling")

ROWS: Final = (
    Row("F4", "Redis is killed and away for 60 s", kill_redis, most_lag_s=0.5, without=NEWS, harm=("behind",)),
    Row("F5", "Redis is wiped, its listeners are cut", wipe_redis, without=NEWS, harm=("behind",)),
    Row("F28", "Redis refuses: out of memory, a replica, not allowed", refuse, without=NEWS, harm=("behind",)),
    Row("F4h", "Redis hangs", hang_redis, first_lag_s=3.5, without=NEWS, harm=("behind",)),
    Row("F8", "the network to Redis drops everything", drop_redis, without=NEWS, harm=("behind",)),
    Row("F9", "it drops one way, then is slow and in pieces", drop_one_way, without=NEWS, harm=("behind",)),
    Row("F10", "replies of Redis are lost", lose_replies, without=("once", "dedup"), harm=("doubled", "broken")),
    Row("F17", "messages are doubled and out of order", echo_messages, without=("dedup",), harm=("doubled", "broken")),
    Row("F20", "Redis drops listeners over their buffer", starve_listeners, without=NEWS, harm=("behind",)),
)
