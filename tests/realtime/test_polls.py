"""Polls on live nodes: who is sent which ballot, and when."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from realtime.reading import RoomCopy, copy_of
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller, LiveNode, Site, site

ASKED: Final[dict[str, Any]] = {"question": "Antivenom before transfer?", "options": ["Yes", "No", "Unsure"]}
FOLLOW: Final[dict[str, Any]] = {"as": "follow"}
WITHHELD: Final = {"withheld": True}


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        await made.node()
        await made.node()
        yield made


async def ask(caller: Caller, room: str, name: str = "poll", **more: Any) -> None:
    caller.send("poll_open", id=name, room=room, **ASKED | more)
    await caller.next("ack", re=name)


async def vote(caller: Caller, room: str, name: str, choices: Sequence[int], target: str = "poll") -> None:
    caller.send("poll_vote", id=name, room=room, target=target, choices=choices)
    await caller.next("ack", re=name)


async def close(caller: Caller, room: str, target: str = "poll") -> None:
    caller.send("poll_close", id=f"close-{target}", room=room, target=target)
    await caller.next("ack", re=f"close-{target}")


def ballots(caller: Caller) -> dict[str, Any]:
    """What a client holds of each ballot by its id: its choices, or that it is withheld."""
    held: dict[str, Any] = {}
    for entry in entries(caller):
        if entry["kind"] == "poll_voted":
            held[entry["id"]] = entry["body"].get("choices", entry["body"])
    return held


def entries(caller: Caller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for frame in caller.frames:
        found += [frame] if frame["t"] == "event" else frame["events"] if "events" in frame else []
    return found


async def knows(caller: Caller, expected: dict[str, Any]) -> None:
    while ballots(caller) != expected:
        await caller.next("event", "events", "disclosed")


async def read(node: LiveNode, room: str, person: Person) -> RoomCopy:
    host = await node.hub.host(room)
    assert host is not None
    return await copy_of(host, person, 0, 500)


async def test_a_ballot_is_shown_to_those_who_have_voted_in_that_poll_wherever_they_sit(two: Site) -> None:
    here, there = two.nodes
    room = await here.open()
    first, second, tablet = await here.seated(ana, room), await there.seated(ben, room), await here.seated(ben, room)
    await ask(first, room)
    await ask(first, room, "other")
    await vote(first, room, "v1", [0])
    await vote(second, room, "w1", [2], target="other")
    await knows(second, {"v1": WITHHELD, "w1": [2]})
    await knows(first, {"v1": [0], "w1": WITHHELD})
    await vote(second, room, "v2", [1])
    for caller in (second, tablet):
        await knows(caller, {"v1": [0], "v2": [1], "w1": [2]})
    await knows(first, {"v1": [0], "v2": [1], "w1": WITHHELD})


async def test_a_withheld_ballot_says_of_which_poll_it_is_and_has_one_size(two: Site) -> None:
    node = two.nodes[0]
    room = await node.open()
    opener, voter = await node.seated(cleo, room), await node.seated(ana, room)
    await ask(opener, room, multiple=True)
    for name, choices in (("v1", [0]), ("v2", [0, 1, 2])):
        await vote(voter, room, name, choices)
    frames = [await opener.next("event", id=name) for name in ("v1", "v2")]
    assert [(frame["target"], frame["body"]) for frame in frames] == [("poll", WITHHELD)] * 2
    assert len({len(msgspec.msgpack.encode(frame | {"check": "", "at": 0, "seq": 0})) for frame in frames}) == 1


@pytest.mark.parametrize("ends", ["poll", "room"])
async def test_all_who_contribute_or_follow_are_shown_it_at_the_close(two: Site, ends: str) -> None:
    here, there = two.nodes
    room = await here.open()
    presenter, voter, viewer = (
        await here.seated(cleo, room),
        await there.seated(ana, room),
        await there.seated(mo, room, **FOLLOW),
    )
    await ask(presenter, room)
    await vote(voter, room, "v1", [1])
    await vote(voter, room, "v2", [2])
    for caller in (presenter, viewer):
        await knows(caller, {"v1": WITHHELD, "v2": WITHHELD})
    if ends == "poll":
        await close(presenter, room)
    else:
        presenter.send("close", id="c1", room=room, disposition="Transferred", summary="One vial.")
    for caller in (presenter, viewer):
        await knows(caller, {"v1": [1], "v2": [2]})
    (result,) = [entry["body"] for entry in entries(viewer) if entry["kind"] in ("poll_closed", "closed")]
    told = result if ends == "poll" else result["polls"][0]
    assert told == {"target": "poll", "voters": 1, "counts": [0, 0, 1]}


async def test_who_comes_late_is_told_what_they_may_know(two: Site) -> None:
    here, there = two.nodes
    room = await here.open()
    voter = await here.seated(ana, room)
    await ask(voter, room)
    await vote(voter, room, "v1", [0])
    late = await there.seated(ben, room)
    (poll,) = late.of("joined")[0]["state"]["polls"]
    assert (poll["question"], poll["options"], poll["open"]) == (ASKED["question"], ASKED["options"], True)
    assert poll["ballots"] == {"ana": []}
    assert (await there.seated(ana, room)).of("joined")[0]["state"]["polls"][0]["ballots"] == {"ana": [0]}
    await vote(late, room, "v2", [1])
    await knows(late, {"v1": [0], "v2": [1]})
    await close(voter, room)
    (over,) = (await there.seated(cleo, room)).of("joined")[0]["state"]["polls"]
    assert (over["open"], over["voters"], over["counts"]) == (False, 2, [1, 1, 0])


async def test_what_is_read_over_http_withholds_the_same(two: Site) -> None:
    node = two.nodes[0]
    room = await node.open()
    voter = await node.seated(ana, room)
    await ask(voter, room)
    await vote(voter, room, "v1", [2])
    copy = await read(node, room, ben)
    assert [entry.body for entry in copy.events if entry.kind == "poll_voted"] == [WITHHELD]
    assert copy.state["polls"][0]["ballots"] == {"ana": []}
    own = await read(node, room, ana)
    assert [entry.body.choices for entry in own.events if entry.kind == "poll_voted"] == [[2]]


async def test_observers_are_told_neither_who_votes_nor_what_a_few_chose(two: Site) -> None:
    node = two.nodes[0]
    room = await node.open(observers="live")
    voter, other, observer = await node.seated(ana, room), await node.seated(ben, room), await node.seated(obi, room)
    await ask(voter, room, question="Is the third arm better?")
    await vote(voter, room, "v1", [0])
    await vote(other, room, "v2", [0])
    await close(voter, room)
    while not any(entry["kind"] == "poll_closed" for entry in entries(observer)):
        await observer.next("event", "events")
    told = [entry for entry in entries(observer) if entry["kind"].startswith("poll_")]
    opened, first, second, closed = told
    assert (first["body"], second["body"]) == (WITHHELD, WITHHELD)
    assert "target" not in first
    assert len({one["by"]["person"] for one in told[:3]}) == 3
    assert list(first["by"]) == ["person"]
    assert opened["by"]["person"] == closed["by"]["person"]
    assert closed["body"] == {"target": "poll"}
    (poll,) = (await node.seated(obi, room)).of("joined")[0]["state"]["polls"]
    assert poll.keys().isdisjoint({"ballots", "voters", "counts"})
    assert not observer.of("disclosed")


async def test_a_resumed_client_is_shown_what_was_withheld_from_it(two: Site) -> None:
    here, there = two.nodes
    room = await here.open()
    voter, reader = await here.seated(ana, room), await here.seated(ben, room)
    await ask(voter, room)
    await vote(voter, room, "v1", [1])
    last = await reader.next("event", id="v1")
    reader.connection.close(1000, "")
    await close(voter, room)
    back = await there.seated(ben, room, after=last["seq"], check=last["check"])
    await knows(back, {"v1": [1]})
