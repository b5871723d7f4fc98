"""Sending everybody away, and not taking the node's own sleep for theirs."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from realtime.connections import SILENCE_S
from tests.builders import ana
from tests.live import Caller, LiveNode, Site, site


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
async def node(here: Site) -> LiveNode:
    return await here.node()


def called(node: LiveNode, count: int) -> list[Caller]:
    return [node.call(msgspec.structs.replace(ana, id=f"ana{n}")) for n in range(count)]


async def test_thousands_are_not_sent_away_in_one_burst(node: LiveNode) -> None:
    callers = called(node, 400)
    draining = asyncio.create_task(node.hub.drain())
    await asyncio.sleep(0)
    assert 0 < sum(caller.is_closing() for caller in callers) <= 20
    await draining
    assert {await caller.closed() for caller in callers} == {1012}
    assert all([frame["t"] for frame in caller.frames] == ["welcome", "bye"] for caller in callers)


async def test_a_drain_is_done_once(node: LiveNode) -> None:
    [caller] = called(node, 1)
    await node.hub.drain()
    [late] = called(node, 1)
    await node.hub.drain()
    assert (caller.is_closing(), late.is_closing()) == (True, False)


async def test_who_was_heard_before_the_node_was_stopped_is_not_called_silent_after_it(node: LiveNode) -> None:
    caller, silent = called(node, 2)
    stopped_s = 30.0
    for one in (caller, silent):
        one.connection.heard_at -= stopped_s
    silent.connection.heard_at -= 2 * SILENCE_S
    node.hub._swept_s -= stopped_s + 1
    await node.hub._sweep()
    assert (caller.is_closing(), silent.is_closing()) == (False, True)
