"""Notices: who is connected is told within a second, again until a device has it, on all devices until it is seen."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from realtime import notices
from realtime.rooms.notices import Notice
from tests.builders import AT, ana, ben, obi
from tests.live import LiveNode, site

WARNED = Notice(id="n1", person="ben", kind="moderation", text="A moderator has warned you.", at=AT)


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


async def test_who_comes_is_told_what_waits(node: LiveNode) -> None:
    node.notices.made = [WARNED]
    caller, other = node.call(ben), node.call(ana)
    assert await caller.next("notice") == {
        "t": "notice",
        "notice": "n1",
        "kind": "moderation",
        "text": "A moderator has warned you.",
        "at": AT,
    }
    assert other.of("notice") == []


async def test_who_is_here_is_told_what_is_new_on_every_device(node: LiveNode) -> None:
    devices = [node.call(ben), node.call(ben, "json")]
    node.notices.made = [WARNED]
    for device in devices:
        await device.next("notice")


async def test_it_comes_again_until_a_device_has_it(node: LiveNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "REPEAT_S", 0.0)
    node.notices.made = [WARNED]
    caller = node.call(ben)
    await caller.next("notice")
    await caller.next("notice")
    caller.send("noticed", notice="n1", how="delivered")
    await node.hub.notices.tick()
    told = len(caller.of("notice"))
    await node.hub.notices.tick()
    assert len(caller.of("notice")) == told
    assert node.notices.marks == [("n1", "ben", "delivered")]


async def test_what_was_delivered_but_not_seen_is_told_to_the_next_device(node: LiveNode) -> None:
    node.notices.made = [WARNED]
    first = node.call(ben)
    await first.next("notice")
    first.send("noticed", notice="n1", how="delivered")
    await node.call(ben).next("notice")
    first.send("noticed", notice="n1", how="seen")
    third = node.call(ben)
    await node.hub.notices.tick()
    assert third.of("notice") == []


async def test_nobody_marks_anothers_notice(node: LiveNode) -> None:
    node.notices.made = [WARNED]
    await node.call(ben).next("notice")
    stranger = node.call(ana)
    stranger.send("noticed", notice="n1", how="seen")
    stranger.send("noticed", notice="none", how="seen")
    stranger.send("ping")
    await stranger.next("pong")
    assert node.notices.marks == []
    assert stranger.of("error") == []


async def test_thousands_who_come_at_once_are_one_question(node: LiveNode) -> None:
    for person in [ben] * 50 + [ana] * 50 + [obi]:
        node.call(person)
    node.notices.asked.clear()
    await node.hub.notices.tick()
    assert node.notices.asked == [["ana", "ben", "obi"]]
    await node.hub.notices.tick()
    assert node.notices.asked == [["ana", "ben", "obi"]]


async def test_an_observer_is_told_on_arrival_what_was_imposed_while_they_were_away(node: LiveNode) -> None:
    node.notices.made = [msgspec.structs.replace(WARNED, person="obi")]
    await node.hub.notices.tick()
    told = await node.call(obi).next("notice")
    assert told["notice"] == WARNED.id


async def test_nothing_is_kept_of_those_who_have_gone(node: LiveNode) -> None:
    node.notices.made = [WARNED]
    caller = node.call(ben)
    await caller.next("notice")
    caller.close()
    await asyncio.sleep(0)
    await node.hub.notices.tick()
    assert node.hub.notices._open == {}
    assert node.hub.notices._told_at == {}
