"""What is said blind, on live nodes: who is sent what of it, and when."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from realtime.reading import copy_of
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller, LiveNode, Site, site

SECRET: Final = "Canary of the liver"
OTHER: Final = "Parrot of the heart"


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        await made.node()
        await made.node()
        yield made


async def opine(caller: Caller, room: str, name: str, dx: str) -> None:
    caller.send("opine", id=name, room=room, differential=[{"dx": dx, "probability": 0.5}])
    await caller.next("ack", re=name)


async def reveal(caller: Caller, room: str) -> None:
    caller.send("reveal", id="r1", room=room)
    await caller.next("ack", re="r1")


def told(caller: Caller) -> str:
    """All that this caller was sent, as text."""
    return msgspec.json.encode(caller.frames).decode()


def bodies(caller: Caller) -> dict[str, Any]:
    """What a client holds at the end: the body of each opinion by its id."""
    held: dict[str, Any] = {}
    for frame in caller.frames:
        if frame["t"] == "event":
            entries = [frame]
        elif frame["t"] in ("joined", "events", "disclosed"):
            entries = frame["events"]
        else:
            continue
        held |= {one["id"]: one["body"] for one in entries if one["kind"] == "opined"}
    return held


async def read(node: LiveNode, room: str, person: Person) -> str:
    host = await node.hub.host(room)
    assert host is not None
    return msgspec.json.encode(await copy_of(host, person, 0, 500)).decode()


async def test_that_one_has_said_it_all_see_and_what_only_those_who_have(two: Site) -> None:
    here, there = two.nodes
    room = await here.open(observers="live")
    presenter, first, observer = [await here.seated(one, room) for one in (cleo, ana, obi)]
    second, tablet = await there.seated(ben, room), await here.seated(ben, room)
    await opine(first, room, "o1", SECRET)
    for caller in (presenter, second, observer, tablet):
        await caller.next("event", id="o1")
        assert bodies(caller) == {"o1": {"withheld": True}}
    assert bodies(first)["o1"]["differential"][0]["dx"] == SECRET
    await opine(second, room, "o2", OTHER)
    for caller in (first, second, tablet):
        while len([one for one in bodies(caller).values() if "differential" in one]) < 2:
            await caller.next("disclosed")
    await presenter.next("event", id="o2")
    await observer.next("event", id="o2")
    for caller in (presenter, observer):
        assert SECRET not in told(caller) and OTHER not in told(caller)
        assert not caller.of("disclosed")


async def test_a_reveal_shows_all_to_all_and_what_comes_later_comes_whole(two: Site) -> None:
    here, there = two.nodes
    room = await here.open(observers="live")
    presenter, first, observer = [await here.seated(one, room) for one in (cleo, ana, obi)]
    following: dict[str, Any] = {"as": "follow"}
    reader = await there.seated(ben, room, **following)
    await opine(first, room, "o1", SECRET)
    await reveal(presenter, room)
    for caller in (presenter, observer, reader):
        shown = await caller.next("disclosed")
        assert [one["id"] for one in shown["events"]] == ["o1"]
        assert bodies(caller)["o1"]["differential"][0]["dx"] == SECRET
    assert '"ana"' not in told(observer)
    await opine(presenter, room, "o2", OTHER)
    for caller in (first, observer, reader):
        late = await caller.next("event", id="o2")
        assert late["body"]["differential"][0]["dx"] == OTHER


async def test_what_an_opinion_weighs_is_told_with_it_and_never_to_observers(two: Site) -> None:
    here, there = two.nodes
    here.scales.voices = {"ana": 2.75}
    room = await here.open(observers="live")
    presenter, first, observer = [await here.seated(one, room) for one in (cleo, ana, obi)]
    second = await there.seated(ben, room)
    await opine(first, room, "o1", SECRET)
    await opine(second, room, "o2", OTHER)
    while "weight" not in told(second):
        await second.next("disclosed")
    for caller in (presenter, observer):
        await caller.has(events=3)
    assert "weight" not in told(presenter) + told(observer)
    assert "weight" not in await read(there, room, cleo)
    await reveal(presenter, room)
    for caller in (presenter, observer):
        await caller.next("disclosed")
    assert [one.get("weight") for one in bodies(presenter).values()] == [2.75, None]
    assert "weight" not in told(observer) + await read(there, room, obi)


async def test_all_pool_by_what_stands_in_the_log_and_observers_all_alike(two: Site) -> None:
    here, there = two.nodes
    here.scales.voices = {"ana": 3.0}
    room = await here.open(observers="live")
    first, presenter, second = [await here.seated(one, room) for one in (ana, cleo, ben)]
    await opine(first, room, "o1", SECRET)
    await opine(second, room, "o2", OTHER)
    await reveal(presenter, room)
    here.scales.voices = {}
    for node in (here, there):
        weighed, alike = [
            (await node.seated(one, room)).of("joined")[0]["state"]["opinions"]["pool"] for one in (mo, obi)
        ]
        assert weighed["diagnoses"][0]["dx"] == SECRET
        assert weighed["diagnoses"][0]["probability"] > 1.4 * weighed["diagnoses"][1]["probability"]
        assert alike["diagnoses"][0]["probability"] == alike["diagnoses"][1]["probability"]


async def test_who_comes_back_is_sent_again_what_they_may_read_and_nothing_else(two: Site) -> None:
    here, there = two.nodes
    room = await here.open()
    first, second = await here.seated(ana, room), await here.seated(ben, room)
    await opine(first, room, "o1", SECRET)
    await opine(second, room, "o2", OTHER)
    places: list[dict[str, Any]] = [{}, {"after": 3}, {"after": 2}]
    for fields in places:
        again, stranger = await there.seated(ana, room, **fields), await there.seated(cleo, room, **fields)
        assert {one["differential"][0]["dx"] for one in bodies(again).values()} == {SECRET, OTHER}
        assert SECRET not in told(stranger) and OTHER not in told(stranger)
        assert "disclosed" not in {frame["t"] for frame in stranger.frames}


async def test_who_is_far_behind_reads_what_is_older_than_the_tail(two: Site) -> None:
    here, there = two.nodes
    room = await here.open()
    first, presenter = await here.seated(ana, room), await here.seated(cleo, room)
    await opine(first, room, "o1", SECRET)
    for n in range(600):
        presenter.send("post", id=f"p{n}", room=room, text="On we go.")
    await presenter.next("ack", re="p599")
    late = await there.seated(ben, room)
    assert SECRET not in told(late) and "o1" not in bodies(late)
    await opine(late, room, "o2", OTHER)
    await late.next("disclosed")
    assert bodies(late)["o1"]["differential"][0]["dx"] == SECRET


@pytest.mark.parametrize("person", [ana, ben, cleo])
async def test_over_http_only_those_read_it_who_may(two: Site, person: Person) -> None:
    here, there = two.nodes
    room = await here.open()
    first, presenter = await here.seated(ana, room), await here.seated(cleo, room)
    await opine(first, room, "o1", SECRET)
    assert (SECRET in await read(there, room, person)) is (person is ana)
    await reveal(presenter, room)
    host = await there.hub.host(room)
    assert host is not None
    await host.catch_up()
    assert SECRET in await read(there, room, person)


async def test_an_observer_who_is_behind_by_a_delay_reads_it_when_the_reveal_is_due_to_them(two: Site) -> None:
    here, _ = two.nodes
    room = await here.open(observers="delayed")
    first, presenter = await here.seated(ana, room), await here.seated(cleo, room)
    presenter.send("observers", id="s1", room=room, mode="delayed", delay_s=0)
    await presenter.next("ack", re="s1")
    observer = await here.seated(obi, room)
    presenter.send("observers", id="s2", room=room, mode="delayed", delay_s=3_600)
    await presenter.next("ack", re="s2")
    await opine(first, room, "o1", SECRET)
    await reveal(presenter, room)
    assert SECRET not in await read(here, room, obi)
    presenter.send("observers", id="s3", room=room, mode="live")
    await presenter.next("ack", re="s3")
    await observer.next("disclosed")
    assert bodies(observer)["o1"]["differential"][0]["dx"] == SECRET


async def test_a_case_waits_for_no_opinion(two: Site) -> None:
    here, _ = two.nodes
    room = await here.open()
    first, presenter = await here.seated(ana, room), await here.seated(cleo, room)
    await opine(first, room, "o1", SECRET)
    first.send("post", id="p1", room=room, text="Give one vial now.", kind="recommendation")
    await first.next("ack", re="p1")
    presenter.send("act", id="a1", room=room, target="p1", state="accepted", read_back="One vial of antivenom, now.")
    await presenter.next("ack", re="a1")
    assert bodies(presenter)["o1"] == {"withheld": True}
