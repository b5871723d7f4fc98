"""A backplane that carries everything three times, in any order: nobody at a seat notices."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from pathlib import Path

from drill.servers import Redis
from realtime.backplane.redis import RedisBackplane
from tests.builders import ana, ben
from tests.ears import Ears
from tests.live import Caller, site
from tests.realtime.backplane.crossing import Crossing

POSTS = 200
MOMENT_S = 0.03
_head = re.compile(rb"\*3\r\n\$7\r\nmessage\r\n\$(\d+)\r\n")
_size = re.compile(rb"\$(\d+)\r\n")


class Parrot:
    """A toll that lets every message pass three times, those of a moment in any order; the rest as it is."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    async def __call__(self, part: bytes) -> AsyncIterator[bytes]:
        messages, rest = _messages(part)
        said = messages * 3
        self._chance.shuffle(said)
        yield b"".join(said) + rest
        await asyncio.sleep(MOMENT_S)  # what comes meanwhile is the next part


def _messages(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole messages that `data` begins with, and what follows."""
    found = []
    while (head := _head.match(data)) is not None:
        size = _size.match(data, head.end() + int(head[1]) + 2)
        if size is None or len(data) < (end := size.end() + int(size[1]) + 2):
            break
        found.append(data[:end])
        data = data[end:]
    return found, data


async def test_every_event_is_told_once_and_in_order(tmp_path: Path, redis_server: Redis) -> None:
    async with Crossing(redis_server) as crossing, site(tmp_path) as here:
        here.carry = lambda: RedisBackplane(redis_server.url)
        node = await here.node()
        here.carry = lambda: RedisBackplane(crossing.url)
        far = await here.node()
        room = await node.open()
        author, reader = await node.seated(ana, room), await far.seated(ben, room)
        straight, mixed = await listener(redis_server.url, room), await listener(crossing.url, room)

        for one in (straight, mixed):
            one.ears.heard.clear()
        crossing.back = Parrot(1)
        for number in range(POSTS):
            author.send("post", id=f"p{number}", room=room, text="News.")
            await author.next("ack", re=f"p{number}")
        for caller in (author, reader):
            await caller.has(events=POSTS + 1)
        assert [event["seq"] for event in reader.events()] == list(range(1, POSTS + 2))
        assert told(reader) == told(author)

        # The fault is real: whoever only listens is told things twice, and late.
        await mixed.ears.until(lambda: set(mixed.ears.heard) >= set(straight.ears.heard))
        assert len(mixed.ears.heard) > 2 * len(straight.ears.heard)
        assert list(dict.fromkeys(mixed.ears.heard)) != straight.ears.heard
        for one in (straight, mixed):
            await one.backplane.close()


class Listener:
    """Who hears what is said of a room."""

    def __init__(self, url: str) -> None:
        self.backplane = RedisBackplane(url)
        self.ears = Ears()


async def listener(url: str, room: str) -> Listener:
    made = Listener(url)
    made.backplane.subscribe(f"room:{room}")
    await made.backplane.start(made.ears)
    await made.ears.until_live(f"room:{room}")
    return made


def told(caller: Caller) -> list[str]:
    """The ids of all events, as they came."""
    return [event["id"] for event in caller.events()]
