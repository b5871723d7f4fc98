"""A server that lives, answers, and has been left by everyone else: only a probe through publish-subscribe notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from drill.servers import Redis
from realtime.backplane.redis import RedisBackplane
from tests.ears import Ears


class Crossing:
    """A port that leads to `server`; what is already connected stays where it is when `server` changes."""

    def __init__(self, server: Redis) -> None:
        self.server = server
        self.port = 0

    async def __aenter__(self) -> "Crossing":
        self._listening = await asyncio.start_server(self._cross, "127.0.0.1", 0)
        self.port = self._listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        await self._listening.wait_closed()

    async def _cross(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        await asyncio.gather(_carry(reader, there_writer), _carry(there_reader, writer))


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()
        await asyncio.wait([asyncio.ensure_future(writer.wait_closed())])


@pytest.fixture
async def crossing(redis_server: Redis) -> AsyncIterator[Crossing]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(Crossing(redis_server))


async def test_a_subscription_that_starves_is_noticed_and_replaced(redis_server: Redis, crossing: Crossing) -> None:
    with Redis() as promoted:
        backplane, ears = RedisBackplane(f"redis://127.0.0.1:{crossing.port}"), Ears()
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
