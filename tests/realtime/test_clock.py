"""How soon a node asks the journal when the backplane is lost, and how often."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from realtime import clock
from realtime.ports import Journal
from realtime.rooms.chain import Head
from realtime.rooms.notices import Notice
from tests.builders import ana, ben, cleo
from tests.live import PATIENCE_S, LiveNode, Site, site

SECOND_S, AWAY_S = 0.2, 0.05


class Asked:
    """A journal that notes for which rooms heads were asked, query by query."""

    def __init__(self, journal: Journal) -> None:
        self.rooms: list[set[str]] = []
        self._journal = journal
        self._news = asyncio.Event()

    async def heads(self, rooms: Sequence[str]) -> dict[str, Head]:
        self.rooms.append(set(rooms))
        self._news.set()
        return await self._journal.heads(rooms)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    async def more(self, count: int) -> float:
        """How long it takes until heads are asked for so many times more."""
        began, enough = asyncio.get_running_loop().time(), len(self.rooms) + count
        async with asyncio.timeout(PATIENCE_S):
            while len(self.rooms) < enough:
                self._news.clear()
                await self._news.wait()
        return asyncio.get_running_loop().time() - began


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """A site whose clock goes five times as fast."""
    monkeypatch.setattr(clock, "SECOND_S", SECOND_S)
    monkeypatch.setattr(clock, "AWAY_S", AWAY_S)
    async with site(tmp_path) as made:
        made.journal = cast(Journal, Asked(made.journal))
        yield made


@pytest.fixture
def asked(here: Site) -> Asked:
    return cast(Asked, here.journal)


@pytest.fixture
async def node(here: Site) -> LiveNode:
    return await here.node()


async def test_while_the_backplane_is_away_heads_are_asked_four_times_a_second_for_all_rooms_at_once(
    here: Site, node: LiveNode, asked: Asked
) -> None:
    rooms = {await node.open(key=f"key{number}") for number in range(3)}
    for room in rooms:
        await node.seated(ana, room)
    assert await asked.more(2) > AWAY_S
    here.bus.cut()
    assert await asked.more(9) < 9 * SECOND_S / 2
    assert asked.rooms[-8:] == [rooms] * 8
    assert node.hub.pulse.doubtful


async def test_while_the_backplane_is_away_news_for_people_are_asked_for_as_often(
    here: Site, node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    news, asked = node.notices.news, asyncio.Semaphore(0)

    async def counted() -> list[Notice]:
        asked.release()
        return await news()

    monkeypatch.setattr(node.notices, "news", counted)
    here.bus.cut()
    async with asyncio.timeout(9 * SECOND_S / 2):
        for _ in range(9):
            await asked.acquire()
    assert node.hub.pulse.doubtful


async def test_as_soon_as_it_is_lost_heads_are_asked_for(here: Site, node: LiveNode, asked: Asked) -> None:
    await node.seated(ana, await node.open())
    waits = []
    for _ in range(5):
        await asked.more(1)
        here.bus.cut()
        waits.append(await asked.more(1))
        here.bus.mend()
        async with asyncio.timeout(PATIENCE_S):
            while node.hub.pulse.doubtful:
                await asked.more(1)
    assert sorted(waits)[2] < SECOND_S / 2


async def test_once_it_carries_again_heads_are_asked_once_a_second(here: Site, node: LiveNode, asked: Asked) -> None:
    await node.seated(ana, await node.open())
    here.bus.cut()
    await asked.more(2)
    here.bus.mend()
    async with asyncio.timeout(PATIENCE_S):
        while node.hub.pulse.doubtful:
            await asked.more(1)
    await asked.more(1)
    assert await asked.more(2) > 2 * SECOND_S * 0.8


async def test_a_loss_that_is_over_at_once_is_no_news_to_anyone(here: Site, node: LiveNode, asked: Asked) -> None:
    seat = await node.seated(ben, await node.open(cleo))
    for _ in range(3):
        here.bus.cut()
        here.bus.mend()
        await asked.more(2)
    assert not seat.of("health")


async def test_when_a_subscription_comes_back_what_was_missed_is_read_at_once(
    here: Site, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "SECOND_S", 3_600)
    monkeypatch.setattr(clock, "AWAY_S", 3_600)
    node, far = await here.node(), await here.node()
    room = await node.open()
    author, reader = await node.seated(ana, room), await far.seated(ben, room)
    here.bus.cut()
    await asked.more(2)
    author.send("post", id="p1", room=room, text="Missed.")
    await author.next("ack", re="p1")
    assert len(reader.events()) == 1
    here.bus.mend()
    await reader.next("event", id="p1")
