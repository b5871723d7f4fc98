"""Notices: who is connected is told within a second, again until a device has it, on all devices until it is seen."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import msgspec
import pytest

from realtime import clock, notices
from realtime.backplane.messages import Rang, Records
from realtime.connections import Connections
from realtime.errors import Unavailable
from realtime.notices import MOST_EARLY
from realtime.rooms.notices import Notice
from realtime.wire.frame import Encoding
from tests.builders import AT, ana, ben, obi
from tests.live import LiveNode, site

WARNED = Notice(id="n1", person="ben", kind="moderation", text="A moderator has warned you.", at=AT)
OTHER = msgspec.structs.replace(WARNED, id="n2")
RUNG = Notice(id="n3", person="ben", kind="page", text="Stat case. Open Curbside.", at=AT, room="case1", page="p1")


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


async def test_who_comes_does_not_wait_for_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "SECOND_S", 3_600)
    async with site(tmp_path) as made:
        node = await made.node()
        for _ in range(2):
            node.notices.made = [WARNED]
            assert (await node.call(ben).next("notice"))["notice"] == WARNED.id


async def test_what_this_node_makes_is_told_as_soon_as_it_is_written(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node.notices, "settle", AsyncMock(return_value=True))
    caller = node.call(ben)
    await node.hub.notices.tick()
    node.notices.made = [WARNED]
    await node.hub.notices.settle()
    await asyncio.sleep(0.01)
    assert [told["notice"] for told in caller.of("notice")] == ["n1"]


async def test_who_is_here_is_told_what_is_new_on_every_device(node: LiveNode) -> None:
    devices = [node.call(ben), node.call(ben, "json")]
    node.notices.made = [WARNED]
    for device in devices:
        assert (await device.next("notice"))["notice"] == WARNED.id


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


async def test_what_was_seen_on_one_device_is_over_on_the_others(node: LiveNode) -> None:
    node.notices.made = [WARNED]
    first, second, stranger = node.call(ben), node.call(ben), node.call(ana)
    await first.next("notice")
    await second.next("notice")
    first.send("noticed", notice="n1", how="seen")
    assert await second.next("notice_seen") == {"t": "notice_seen", "notice": "n1"}
    assert stranger.of("notice_seen") == []


async def test_what_was_seen_at_another_node_is_over_here(node: LiveNode) -> None:
    node.notices.made = [WARNED]
    caller = node.call(ben)
    await caller.next("notice")
    node.notices.made = [msgspec.structs.replace(WARNED, seen=True)]
    await node.hub.notices.tick()
    assert await caller.next("notice_seen") == {"t": "notice_seen", "notice": "n1"}


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


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_what_is_said_to_be_seen_right_after_welcome_is_not_told(node: LiveNode, encoding: Encoding) -> None:
    caller = node.call(ben, encoding)
    node.notices.made = [WARNED, OTHER]
    caller.send("noticed", notice="n1", how="seen")
    caller.send("noticed", notice="n1", how="delivered")
    await caller.next("notice", notice="n2")
    await node.hub.notices.tick()
    assert node.notices.marks == [("n1", "ben", "seen")]
    assert [told["notice"] for told in caller.of("notice")] == ["n2"]


async def test_what_was_said_before_the_journal_answered_waits_for_it(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.notices.made = [WARNED]
    with monkeypatch.context() as away:
        away.setattr(node.notices, "unseen", fail)
        caller = node.call(ben)
        caller.send("noticed", notice="none", how="seen")
        with pytest.raises(Unavailable):
            await node.hub.notices.tick()
        caller.send("noticed", notice="n1", how="seen")
    await node.hub.notices.tick()
    assert node.notices.marks == [("n1", "ben", "seen")]
    assert caller.of("notice") == [] and node.hub.notices._early == {}


async def test_who_comes_while_something_is_new_is_told_of_it_once(node: LiveNode) -> None:
    first = node.call(ben)
    await node.hub.notices.tick()
    second = node.call(ben)
    node.notices.made = [WARNED]
    await node.hub.notices.tick()
    assert [len(caller.of("notice")) for caller in (first, second)] == [1, 1]


async def test_what_comes_up_while_the_book_is_asked_is_told_to_who_has_come(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = node.call(ben)
    await node.hub.notices.tick()
    second = node.call(ben)
    asked(node, monkeypatch, meanwhile=RUNG, found=[])
    await node.hub.notices.tick()
    assert [len(caller.of("notice")) for caller in (first, second)] == [1, 1]


async def test_what_is_found_for_who_has_come_is_told_to_their_other_devices(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = node.call(ben)
    await node.hub.notices.tick()
    second = node.call(ben)
    monkeypatch.setattr(node.notices, "unseen", AsyncMock(return_value=[RUNG]))
    await node.hub.notices.tick()
    node.notices.made = [RUNG]
    await node.hub.notices.tick()
    assert [len(caller.of("notice")) for caller in (first, second)] == [1, 1]


@pytest.mark.parametrize("over", [{"ended": "taken"}, {"seen": True}])
async def test_what_is_over_while_the_book_is_asked_does_not_ring_who_has_come(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch, over: dict[str, Any]
) -> None:
    caller = node.call(ben)
    asked(node, monkeypatch, meanwhile=msgspec.structs.replace(RUNG, **over), found=[RUNG])
    await node.hub.notices.tick()
    assert [told.get("ended") for told in caller.of("notice")] == (["taken"] if "ended" in over else [])


def asked(node: LiveNode, monkeypatch: pytest.MonkeyPatch, *, meanwhile: Notice, found: list[Notice]) -> None:
    """What waits for people is `found`; before that is here another process tells of `meanwhile`."""

    async def unseen(_: object) -> list[Notice]:
        node.hub.notices.take([meanwhile])
        return found

    monkeypatch.setattr(node.notices, "unseen", unseen)


async def test_nothing_is_kept_of_those_who_came_and_went_while_the_journal_was_away(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node.notices, "news", fail)
    for _ in range(3):
        caller = node.call(ben)
        caller.send("noticed", notice="n1", how="seen")
        caller.close()
    assert node.hub.notices._arrived == {} and node.hub.notices._early == {}


async def test_what_somebody_makes_up_is_not_kept_without_end(node: LiveNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node.notices, "news", fail)
    caller = node.call(ben)
    for n in range(MOST_EARLY + 100):
        caller.send("noticed", notice=f"made up {n}", how="seen")
    assert len(node.hub.notices._early["ben"]) == MOST_EARLY


async def test_to_find_the_connections_of_a_person_nobody_elses_are_looked_at(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = node.call(ben)
    await node.hub.notices.tick()
    monkeypatch.delattr(Connections, "__iter__")
    node.notices.made = [WARNED]
    await node.hub.notices.tick()
    assert len(caller.of("notice")) == 1


async def fail(*_: object) -> list[Notice]:
    raise Unavailable


async def test_what_rings_is_told_at_once_and_by_the_book_not_again(node: LiveNode) -> None:
    caller = node.call(ben)
    await node.hub.notices.tick()
    node.hub.spoken(Records("case1", []), Rang([RUNG], []))
    assert (await caller.next("notice"))["page"] == "p1"
    node.notices.made = [RUNG]
    await node.hub.notices.tick()
    assert len(caller.of("notice")) == 1


async def test_what_rings_at_another_node_is_told_at_once(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        here, there = await made.node(), await made.node()
        caller, other = there.call(ben), there.call(ana)
        await there.hub.notices.tick()
        here.hub.spoken(Records("case1", []), Rang([RUNG], []))
        assert (await caller.next("notice"))["page"] == "p1"
        assert other.of("notice") == []


async def test_who_has_seen_a_notice_hears_as_well_that_it_has_ended(node: LiveNode) -> None:
    caller = node.call(ben)
    node.notices.made = [RUNG]
    await caller.next("notice")
    caller.send("noticed", notice="n3", how="seen")
    node.notices.made = [msgspec.structs.replace(RUNG, seen=True, ended="taken")]
    node.hub.spoken(Records("case1", []), Rang([], ["ben"]))
    ended = await caller.next("notice", ended="taken")
    assert (ended["notice"], ended["page"]) == ("n3", "p1")


async def test_a_device_that_was_away_is_told_what_is_over(node: LiveNode) -> None:
    caller = node.call(ben)
    caller.send("noticed", notice="n1", how="delivered")
    caller.send("noticed", notice="n2", how="seen")
    await node.hub.notices.tick()
    assert [told["notice"] for told in caller.of("notice_seen")] == ["n1"]
    caller.send("noticed", notice="n3", how="delivered")
    assert [told["notice"] for told in caller.of("notice_seen")] == ["n1", "n3"]


async def test_what_has_ended_is_not_told_again_and_again(node: LiveNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "REPEAT_S", 0.0)
    caller = node.call(ben)
    node.notices.made = [RUNG]
    await caller.next("notice")
    node.notices.made = [msgspec.structs.replace(RUNG, ended="over")]
    await caller.next("notice", ended="over")
    node.notices.made = []
    told = len(caller.of("notice"))
    await node.hub.notices.tick()
    await node.hub.notices.tick()
    assert len(caller.of("notice")) == told
