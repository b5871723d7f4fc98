"""Counters that all nodes share, over each kind of backplane; away, they say so at once and count nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from realtime.backplane.base import Backplane
from tests.contract.test_backplane import Carrier, carrier
from tests.ears import Ears

__all__ = ["carrier"]

Join = Callable[[], Awaitable[Backplane]]


@pytest.fixture
async def join(carrier: Carrier) -> AsyncIterator[Join]:
    """Start a node, two of them at first: one that is alone shares nothing."""
    backplanes: list[Backplane] = []

    async def join() -> Backplane:
        backplane = carrier.backplane()
        backplanes.append(backplane)
        ears = Ears()
        backplane.subscribe("room:a")
        await backplane.start(ears)
        await ears.until_live("room:a")
        return backplane

    await join()
    before = asyncio.all_tasks()
    yield join
    for backplane in backplanes:
        await backplane.close()
    assert asyncio.all_tasks() <= before | {asyncio.current_task()}


async def counted(backplane: Backplane, key: str, by: int = 1, window_s: int = 60) -> int | None:
    tally = await backplane.count(key, by, window_s)
    return None if tally is None else tally.value


async def test_all_nodes_count_on_one_counter(join: Join) -> None:
    ana, ben = await join(), await join()
    assert [await counted(node, "one") for node in (ana, ben, ana)] == [1, 2, 3]
    assert await counted(ben, "one", -2) == 1
    assert await counted(ana, "other") == 1


async def test_none_is_lost_where_many_count_at_once(join: Join) -> None:
    nodes = [await join() for _ in range(2)]
    values = await asyncio.gather(*(counted(nodes[n % 2], "many") for n in range(100)))
    assert sorted(value for value in values if value is not None) == list(range(1, 101))


async def test_a_counter_lasts_from_its_first_on(join: Join) -> None:
    node = await join()
    first, second = await node.count("brief", 1, 60), await node.count("brief", 1, 60)
    assert first is not None and second is not None
    assert 59 < second.left_s <= first.left_s <= 60


async def test_a_counter_begins_anew_after_its_time(join: Join) -> None:
    node = await join()
    assert await counted(node, "short", window_s=1) == 1
    async with asyncio.timeout(5):
        values = [1]
        while values[-1] != 1 or len(values) == 1:
            values.append(await counted(node, "short", window_s=1) or 0)


async def test_one_who_is_away_says_so_and_hurries(join: Join, carrier: Carrier) -> None:
    node = await join()
    assert await counted(node, "away") == 1
    carrier.hang()
    async with asyncio.timeout(3.0):
        assert await counted(node, "away") is None
        assert [await counted(node, "away") for _ in range(100)] == [None] * 100


async def test_what_was_asked_in_vain_counts_once_at_most(join: Join, carrier: Carrier) -> None:
    node = await join()
    assert await counted(node, "vain") == 1
    carrier.hang()
    assert await counted(node, "vain") is None
    await carrier.mend()
    async with asyncio.timeout(15):
        while (value := await counted(node, "vain")) is None:
            await node.probe(0.1)
    assert value <= 3


async def test_it_counts_again_once_the_carrier_is_back(join: Join, carrier: Carrier) -> None:
    node = await join()
    await carrier.cut()
    assert await counted(node, "back") is None
    await carrier.mend()
    async with asyncio.timeout(15):
        while await counted(node, "back") is None:
            await node.probe(0.1)


async def test_a_closed_one_counts_nothing(join: Join) -> None:
    node = await join()
    await node.close()
    assert await counted(node, "closed") is None
