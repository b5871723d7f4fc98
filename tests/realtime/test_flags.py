"""Flags, over the live side: what reaches the room, and what never does."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime.rooms.refusals import Refusal
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller, LiveNode, site

FOLLOW: dict[str, Any] = {"as": "follow"}


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


async def answer(caller: Caller, t: str, name: str, **fields: Any) -> dict[str, Any]:
    """What `caller` is answered to a frame with the id `name`."""
    caller.send(t, id=name, **fields)
    return await caller.next("ack", "error", re=name)


async def posted(node: LiveNode, room: str) -> Caller:
    """Ben, who has posted `p`."""
    author = await node.seated(ben, room)
    await answer(author, "post", "p", room=room, text="Adrenaline 10 mg i.v.")
    return author


async def test_a_physicians_flag_warns_the_room_and_goes_to_the_moderators(node: LiveNode) -> None:
    room = await node.open()
    author, seat = await posted(node, room), await node.seated(ana, room)
    ack = await answer(seat, "flag", "f1", room=room, target="p", reason="danger", note="Ten times too much.")
    assert ack["seq"] == 3
    event = await author.next("event", kind="warned")
    assert event["body"] == {"target": "p", "reason": "danger"}
    assert event["by"]["person"] == "ana"
    assert [(flag.person.id, flag.note, flag.told) for flag in node.moderation.flags.values()] == [
        ("ana", "Ten times too much.", True)
    ]


async def test_a_resent_flag_is_one_flag(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(ana, room)
    flag = {"room": room, "target": "p", "reason": "danger"}
    first = await answer(seat, "flag", "f1", **flag)
    again = await answer(seat, "flag", "f1", **flag)
    assert (again["seq"], again["duplicate"]) == (first["seq"], True)
    other = await answer(seat, "flag", "f1", **flag | {"reason": "spam"})
    assert other["code"] == "conflict"
    assert len(node.moderation.flags) == 1


async def test_a_thousand_observers_flags_change_no_byte_in_the_room(node: LiveNode) -> None:
    room = await node.open()
    author = await posted(node, room)
    follower, observer = await node.seated(ana, room, **FOLLOW), await node.seated(obi, room)
    for caller in (author, follower):
        while (await caller.next("presence"))["observers"]["total"] == 0:
            pass
    host = node.hub.live(room)
    assert host is not None
    before, head = [len(caller.frames) for caller in (author, follower)], host.head
    for n in range(500):
        for caller, name in ((observer, f"o{n}"), (follower, f"v{n}")):
            assert "seq" not in await answer(caller, "flag", name, room=room, target="p", reason="danger")
    assert host.head == head
    assert len(author.frames) == before[0]
    assert {frame["t"] for frame in follower.frames[before[1] :]} == {"ack"}
    assert len(node.moderation.flags) == 1_000
    assert not any(flag.told for flag in node.moderation.flags.values())


@pytest.mark.parametrize("reason", ["spam", "adverse_event"])
async def test_what_the_room_need_not_know_goes_to_the_moderators_alone(node: LiveNode, reason: str) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(ana, room)
    assert "seq" not in await answer(seat, "flag", "f1", room=room, target="p", reason=reason)
    assert [flag.reason for flag in node.moderation.flags.values()] == [reason]


async def test_a_contributor_flags_what_there_is(node: LiveNode) -> None:
    room = await node.open()
    seat = await node.seated(cleo, room)
    refused = await answer(seat, "flag", "f1", room=room, target="nothing", reason="danger")
    assert refused["code"] == "invalid"
    assert node.moderation.flags == {}


@pytest.mark.parametrize("reason", ["danger", "spam"])
async def test_a_note_with_control_characters_is_refused(node: LiveNode, reason: str) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(ana, room)
    refused = await answer(seat, "flag", "f1", room=room, target="p", reason=reason, note="a\0b")
    assert (refused["code"], refused["message"]) == ("invalid", Refusal.CONTROL_CHARACTERS.message)
    assert node.moderation.flags == {}


async def test_an_observer_learns_nothing_of_what_there_is(node: LiveNode) -> None:
    room = await node.open()
    observer = await node.seated(obi, room)
    assert (await answer(observer, "flag", "f1", room=room, target="nothing", reason="danger"))["t"] == "ack"


async def test_what_may_identify_a_patient_is_kept_from_an_observer_who_is_still_to_be_told(node: LiveNode) -> None:
    room = await node.open()
    observer, author = await node.seated(obi, room), await node.seated(ben, room)
    presenter = await node.seated(cleo, room)
    await answer(presenter, "observers", "o", room=room, mode="delayed", delay_s=1)
    await answer(author, "post", "p", room=room, text="CANARY of Hill Street")
    await answer(await node.seated(ana, room), "flag", "f1", room=room, target="p", reason="identifying")
    await observer.has(4)
    assert "CANARY" not in msgspec.json.encode(observer.frames).decode()
    assert [event["body"] for event in observer.events() if event["kind"] == "post"] == [
        {"kind": "comment", "evidence": [], "images": [], "withheld": True}
    ]


async def test_a_muted_physician_is_told_so_and_can_still_read(node: LiveNode) -> None:
    room = await node.open()
    author, seat = await posted(node, room), await node.seated(ana, room)
    node.moderation.silent.add("ana")
    for t, fields in (("post", {"text": "x"}), ("flag", {"target": "p", "reason": "spam"})):
        refused = await answer(seat, t, f"m_{t}", room=room, **fields)
        assert (refused["code"], "muted" in refused["message"]) == ("forbidden", True)
    await answer(author, "post", "p2", room=room, text="Still here?")
    await seat.next("event", id="p2")
    node.moderation.silent.clear()
    assert (await answer(seat, "post", "after", room=room, text="Yes."))["t"] == "ack"


async def test_a_moderators_flag_folds_the_post_away(node: LiveNode) -> None:
    room = await node.open()
    author = await posted(node, room)
    await answer(await node.seated(mo, room), "flag", "f1", room=room, target="p", reason="danger")
    await author.has(4)
    assert [(event["id"], event["kind"]) for event in author.events()[2:]] == [("f1", "warned"), ("f1.1", "collapsed")]
