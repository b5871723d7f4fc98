import asyncio
import signal
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import pytest

from drill.sentinel import RedisSentinel
from drill.servers import Redis
from realtime.backplane.base import Backplane
from realtime.backplane.memory import MemoryBackplane, MemoryBus
from realtime.backplane.open import open_backplane
from realtime.errors import Unavailable
from tests.ears import Ears


class Carrier(ABC):
    """What stands between the nodes of a test. It may be cut or hang, and is mended."""

    @abstractmethod
    def backplane(self) -> Backplane: ...

    @abstractmethod
    async def cut(self) -> None: ...

    @abstractmethod
    def hang(self) -> None: ...

    @abstractmethod
    async def mend(self) -> None: ...


class InMemory(Carrier):
    def __init__(self) -> None:
        self.bus = MemoryBus()

    def backplane(self) -> Backplane:
        return MemoryBackplane(self.bus)

    async def cut(self) -> None:
        self.bus.cut()

    def hang(self) -> None:
        self.bus.cut()

    async def mend(self) -> None:
        self.bus.mend()


class OverRedis(Carrier):
    def __init__(self, server: Redis) -> None:
        self.server = server

    def backplane(self) -> Backplane:
        return open_backplane(self.server.url)

    async def cut(self) -> None:
        await asyncio.to_thread(self.server.kill)

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    async def mend(self) -> None:
        self._signal(signal.SIGCONT)
        await asyncio.to_thread(self.server.start)

    def _signal(self, number: signal.Signals) -> None:
        if self.server.process is not None:
            self.server.process.send_signal(number)


class OverSentinel(Carrier):
    """A Redis that is watched by sentinels, whose both servers are cut or hang."""

    def __init__(self, redis: RedisSentinel) -> None:
        self.redis = redis

    def backplane(self) -> Backplane:
        return open_backplane(self.redis.url)

    async def cut(self) -> None:
        for node in self.redis.nodes:
            await asyncio.to_thread(node.kill)

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    async def mend(self) -> None:
        self._signal(signal.SIGCONT)
        await asyncio.to_thread(self.redis.start)

    def _signal(self, number: signal.Signals) -> None:
        for node in self.redis.nodes:
            if node.process is not None:
                node.process.send_signal(number)


class Node(NamedTuple):
    backplane: Backplane
    ears: Ears


Join = Callable[..., Awaitable[Node]]


@pytest.fixture(params=["memory", "redis", "cluster", "sentinel"])
async def carrier(request: pytest.FixtureRequest) -> AsyncIterator[Carrier]:
    carrier: Carrier
    match request.param:
        case "memory":
            carrier = InMemory()
        case "sentinel":
            carrier = OverSentinel(request.getfixturevalue("redis_sentinel"))
        case name:
            carrier = OverRedis(request.getfixturevalue({"redis": "redis_server", "cluster": "redis_cluster"}[name]))
    yield carrier
    await carrier.mend()


@pytest.fixture
async def join(carrier: Carrier) -> AsyncIterator[Join]:
    """Start a node that has subscribed to these channels. At the end all are closed, and nothing of them runs on."""
    nodes: list[Node] = []

    async def join(*channels: str) -> Node:
        node = Node(carrier.backplane(), Ears())
        nodes.append(node)
        for channel in channels:
            node.backplane.subscribe(channel)
        await node.backplane.start(node.ears)
        await node.ears.until_live(*channels)
        return node

    before = asyncio.all_tasks()
    yield join
    for node in nodes:
        await node.backplane.close()
    assert asyncio.all_tasks() <= before | {asyncio.current_task()}


async def test_a_message_reaches_every_subscriber_and_its_sender(join: Join) -> None:
    nodes = [await join("room:a") for _ in range(3)]
    nodes[0].backplane.publish("room:a", b"hello")
    for node in nodes:
        await node.ears.until_heard("room:a", b"hello")
        assert node.ears.heard == [("room:a", b"hello")]


async def test_any_bytes_arrive_as_they_were_sent(join: Join) -> None:
    node = await join("room:a")
    payloads = [b"", bytes(range(256)), b"\r\n$-1\r\n", b"x" * 300_000]
    for payload in payloads:
        node.backplane.publish("room:a", payload)
    await node.ears.until_heard("room:a", payloads[-1])
    assert [payload for _, payload in node.ears.heard] == payloads


async def test_a_burst_arrives_whole_and_in_order_on_every_node(join: Join) -> None:
    ana, ben = await join("room:a"), await join("room:a")
    burst = [("room:a", b"%d" % number) for number in range(5_000)]
    for channel, payload in burst:
        ana.backplane.publish(channel, payload)
    for node in (ana, ben):
        await node.ears.until_heard(*burst[-1])
        assert node.ears.heard == burst


async def test_only_what_was_subscribed_to_arrives(join: Join) -> None:
    ana, ben = await join("room:a"), await join("room:b")
    ana.backplane.publish("room:a", b"for ana")
    ana.backplane.publish("room:b", b"for ben")
    await ben.ears.until_heard("room:b", b"for ben")
    assert ben.ears.heard == [("room:b", b"for ben")]


async def test_nothing_arrives_inside_the_call_that_publishes(join: Join) -> None:
    node = await join("room:a")
    node.backplane.publish("room:a", b"later")
    assert node.ears.heard == []
    await node.ears.until_heard("room:a", b"later")


async def test_nothing_arrives_after_unsubscribing(join: Join) -> None:
    node = await join("room:a", "room:b")
    node.backplane.publish("room:a", b"under way")
    node.backplane.unsubscribe("room:a")
    node.backplane.publish("room:a", b"too late")
    node.backplane.publish("room:b", b"still wanted")
    await node.ears.until_heard("room:b", b"still wanted")
    assert await node.backplane.probe(5.0)
    assert node.ears.heard == [("room:b", b"still wanted")]


async def test_each_subscription_is_confirmed_once_it_is_live(join: Join) -> None:
    node = await join()
    rooms = [f"room:{number}" for number in range(200)]
    for room in rooms:
        node.backplane.subscribe(room)
    await node.ears.until_live(*rooms)
    assert sorted(node.ears.live) == sorted(rooms)
    for room in rooms:
        node.backplane.publish(room, room.encode())
    await node.ears.until(lambda: len(node.ears.heard) == len(rooms))


async def test_whoever_comes_back_is_confirmed_again_and_hears_again(join: Join) -> None:
    node = await join("room:a")
    node.backplane.unsubscribe("room:a")
    node.backplane.subscribe("room:a")
    await node.ears.until(lambda: node.ears.live == ["room:a", "room:a"])
    node.backplane.publish("room:a", b"again")
    await node.ears.until_heard("room:a", b"again")


async def test_a_subscription_that_is_taken_back_at_once_is_not_confirmed(join: Join) -> None:
    node = await join()
    node.backplane.subscribe("room:a")
    node.backplane.unsubscribe("room:a")
    node.backplane.subscribe("room:b")
    await node.ears.until_live("room:b")
    assert node.ears.live == ["room:b"]


async def test_a_receiver_that_fails_once_goes_on_hearing(join: Join, carrier: Carrier) -> None:
    class Clumsy(Ears):
        def received(self, channel: str, payload: bytes) -> None:
            super().received(channel, payload)
            if payload == b"bad":
                raise ValueError("dropped it")

    said: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(context["exception"]))
    backplane, ears = carrier.backplane(), Clumsy()
    backplane.subscribe("room:a")
    await backplane.start(ears)
    await ears.until_live("room:a")
    backplane.publish("room:a", b"bad")
    backplane.publish("room:a", b"good")
    await ears.until_heard("room:a", b"good")
    await backplane.close()
    assert all(isinstance(error, ValueError) for error in said)


async def test_a_probe_tells_whether_messages_come_back(join: Join, carrier: Carrier) -> None:
    node = await join("room:a")
    assert await node.backplane.probe(5.0)
    carrier.hang()
    async with asyncio.timeout(1.0):
        assert not await node.backplane.probe(0.2)
    node.ears.live.clear()
    await carrier.mend()
    await node.ears.until_live("room:a")
    assert await node.backplane.probe(5.0)
    assert node.ears.heard == []


async def test_whoever_listens_is_told_at_once_that_the_carrier_is_lost(join: Join, carrier: Carrier) -> None:
    node = await join("room:a")
    assert node.ears.losses == 0
    await carrier.cut()
    await node.ears.until(lambda: node.ears.losses == 1)


async def test_publishing_while_away_neither_raises_nor_waits(join: Join, carrier: Carrier) -> None:
    node = await join("room:a")
    carrier.hang()
    for number in range(40_000):
        node.backplane.publish("room:a", b"%d" % number)
    assert not await node.backplane.probe(0.2)


async def test_all_subscriptions_are_confirmed_again_once_the_carrier_is_back(join: Join, carrier: Carrier) -> None:
    rooms = [f"room:{number}" for number in range(50)]
    ana, ben = await join(*rooms), await join(*rooms)
    await carrier.cut()
    for node in (ana, ben):
        node.ears.live.clear()
    await carrier.mend()
    for node in (ana, ben):
        await node.ears.until_live(*rooms)
    for room in rooms:
        ana.backplane.publish(room, b"again")
    for room in rooms:
        await ben.ears.until_heard(room, b"again")
    assert await ana.backplane.probe(5.0)


async def test_what_was_wanted_while_away_is_live_once_the_carrier_is_back(join: Join, carrier: Carrier) -> None:
    node = await join("room:a")
    await carrier.cut()
    node.backplane.unsubscribe("room:a")
    node.backplane.subscribe("room:b")
    await carrier.mend()
    await node.ears.until_live("room:b")
    node.backplane.publish("room:a", b"unwanted")
    node.backplane.publish("room:b", b"wanted")
    await node.ears.until_heard("room:b", b"wanted")
    assert await node.backplane.probe(5.0)
    assert node.ears.heard == [("room:b", b"wanted")]


async def test_starting_while_away_is_unavailable_and_works_once_the_carrier_is_back(carrier: Carrier) -> None:
    await carrier.cut()
    backplane, ears = carrier.backplane(), Ears()
    backplane.subscribe("room:a")
    async with asyncio.timeout(3.0):
        with pytest.raises(Unavailable):
            await backplane.start(ears)
    await carrier.mend()
    await ears.until_live("room:a")
    backplane.publish("room:a", b"hello")
    await ears.until_heard("room:a", b"hello")
    await backplane.close()


async def test_what_was_published_before_closing_is_sent(join: Join) -> None:
    ana, ben = await join("room:a"), await join("room:a")
    for number in range(100):
        ana.backplane.publish("room:a", b"%d" % number)
    await ana.backplane.close()
    await ben.ears.until_heard("room:a", b"99")
    assert len(ben.ears.heard) == 100


async def test_a_closed_backplane_takes_everything_and_does_nothing(join: Join) -> None:
    node = await join("room:a")
    await node.backplane.close()
    node.backplane.subscribe("room:b")
    node.backplane.publish("room:a", b"nobody")
    node.backplane.unsubscribe("room:a")
    assert not await node.backplane.probe(0.2)
    await node.backplane.close()
    assert node.ears.heard == []


async def test_closing_while_away_is_quick(join: Join, carrier: Carrier) -> None:
    node = await join("room:a")
    carrier.hang()
    node.backplane.publish("room:a", b"nobody")
    async with asyncio.timeout(3.0):
        await node.backplane.close()
