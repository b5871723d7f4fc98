"""Observers in the rooms of a node: who is let in, what they are shown, and how it ends."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from realtime.rooms.opening import SwitchRequest
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal
from realtime.withdrawing import Withdrawing
from tests.builders import cleo, obi
from tests.live import Caller, LiveNode, site

lab = msgspec.structs.replace(obi, id="lab", institution="lab", kind="research")
fund = msgspec.structs.replace(obi, id="fund", institution="fund", kind="investor")


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


async def refused(node: LiveNode, person: Person, room: str) -> str:
    caller = node.call(person)
    caller.send("join", id="j", room=room)
    return str((await caller.next("error"))["code"])


async def closed(presenter: Caller, room: str) -> None:
    presenter.send("close", id="c", room=room, disposition="Advised", summary="Done.")
    await presenter.next("ack", re="c")


async def test_without_an_agreement_an_observer_is_told_what_is_missing(node: LiveNode) -> None:
    room = await node.open(observers="live")
    node.observing.refusals["corp"] = Refusal.NOT_ACCEPTED
    caller = node.call(obi)
    caller.send("join", id="j", room=room)
    error = await caller.next("error")
    assert (error["code"], error["message"]) == ("forbidden", Refusal.NOT_ACCEPTED.message)
    caller.send("watch", id="w")
    assert (await caller.next("error", re="w"))["code"] == "forbidden"
    assert node.observing.begun == []


async def test_what_an_observer_is_shown_is_recorded_from_before_the_first_byte_to_the_last(node: LiveNode) -> None:
    room = await node.open(observers="live")
    presenter = await node.seated(cleo, room)
    caller = await node.seated(obi, room)
    (stretch,) = node.observing.begun
    assert (stretch.person, stretch.room, stretch.after) == ("obi", room, 0)
    presenter.send("post", id="p1", room=room, text="Note")
    await caller.next("event", id="p1")
    assert stretch.upto == 2
    caller.send("leave", id="l", room=room)
    await caller.next("left")
    assert node.observing.ended == [(stretch, 2)]


async def test_who_comes_back_begins_another_stretch_where_they_left(node: LiveNode) -> None:
    room = await node.open(observers="live")
    await node.seated(obi, room)
    again = node.call(obi)
    again.send("join", id="j", room=room, after=1)
    await again.next("caught_up")
    assert [stretch.after for stretch in node.observing.begun] == [0, 1]


async def test_a_presenter_who_narrows_the_kinds_sends_the_others_away_before_the_next_word(node: LiveNode) -> None:
    room = await node.open(observers="live")
    presenter = await node.seated(cleo, room)
    theirs, research = await node.seated(obi, room), await node.seated(lab, room)
    presenter.send("observers", id="o", room=room, mode="live", allow_kinds=["research"])
    presenter.send("post", id="p1", room=room, text="Between us")
    assert (await theirs.next("left"))["code"] == "observers_off"
    await research.next("event", "events")
    await research.has(3)
    assert len(theirs.events()) == 1
    assert await refused(node, obi, room) == "not_found"


async def test_a_case_that_is_not_for_a_purpose_is_neither_entered_nor_listed(node: LiveNode) -> None:
    watcher, other = node.call(obi), node.call(cleo)
    for caller in (watcher, other):
        caller.send("watch", id="w")
        await caller.next("ack")
    room = await node.open(observers=SwitchRequest("live", allow_purposes=["PUBHLTH"]))
    open_to_all = await node.open(key="key2", observers="live")
    assert await refused(node, obi, room) == "not_found"
    await watcher.next("case", room=open_to_all)
    assert [frame["room"] for frame in watcher.of("case")] == [open_to_all]


async def test_an_investor_comes_in_after_the_close_and_the_embargo(node: LiveNode) -> None:
    room = await node.open(observers="live")
    presenter = await node.seated(cleo, room)
    assert await refused(node, fund, room) == "not_found"
    await closed(presenter, room)
    node.observing.embargo_days = 1
    assert await refused(node, fund, room) == "not_found"
    node.observing.embargo_days = 0
    await node.seated(fund, room)


async def test_the_room_counts_observers_by_the_kind_of_their_agreement(node: LiveNode) -> None:
    room = await node.open(observers="live")
    presenter = await node.seated(cleo, room)
    for person in (obi, lab):
        await node.seated(person, room)
    frame = await presenter.next("presence", observers={"mode": "live", "delay_s": 0, "total": 2, "kinds": KINDS})
    assert frame["observers"]["total"] == 2


KINDS = {"pharma": 1, "research": 1}


async def test_a_post_that_is_withheld_within_the_delay_never_reaches_an_observer(node: LiveNode) -> None:
    room = await node.open(observers=SwitchRequest("delayed", 1))
    presenter = await node.seated(cleo, room)
    presenter.send("post", id="p1", room=room, text="CANARY one", trial_data=True)
    presenter.send("post", id="p2", room=room, text="CANARY two")
    presenter.send("withhold", id="w", room=room, target="p2")
    await presenter.next("ack", re="w")
    caller = node.call(obi)
    while not caller.of("joined"):
        node.passed_s += 1.0  # for the limits of how often one may ask
        caller.send("join", id="j", room=room)
        await caller.next("joined", "error")
    await caller.has(4)
    assert [event["seq"] for event in caller.events()] == [1, 2, 3, 4]
    assert [event["body"].get("withheld") for event in caller.events()[1:3]] == [True, True]
    assert "CANARY" not in str(caller.frames)


async def test_streams_that_end_with_the_agreement_are_told_so_and_sent_nothing_more(node: LiveNode) -> None:
    room = await node.open(observers="live")
    presenter, caller = await node.seated(cleo, room), await node.seated(obi, room)
    withdrawing = Withdrawing(node.hub.connections, node.hub.live)
    await withdrawing.seats(list(node.observing.begun), "agreement_ended")
    assert (await caller.next("left"))["code"] == "agreement_ended"
    presenter.send("post", id="p1", room=room, text="Note")
    await presenter.next("event", id="p1")
    assert len(caller.events()) == 1 and not caller.is_closing()


async def test_a_suspended_institution_loses_its_connections_and_what_waits_for_slow_readers(node: LiveNode) -> None:
    room = await node.open(observers="live")
    caller, slow, other = await node.seated(obi, room), await node.seated(obi, room), await node.seated(lab, room)
    slow.stall()
    await Withdrawing(node.hub.connections, node.hub.live).people("corp")
    assert await caller.closed() == 4403
    assert slow.aborted
    assert not other.is_closing()


async def test_pages_over_http_are_recorded_too(node: LiveNode) -> None:
    room = await node.open(observers="live")
    await node.hub.copy_of(room, obi, 0, 10)
    (stretch,) = node.observing.begun
    assert (stretch.way, stretch.after, stretch.upto) == ("read", 0, 1)
    assert node.observing.ended == [(stretch, 1)]
