"""A second seat for a bad line: it is told at once what is to be done and what is asked, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller, LiveNode, site

BRIEF: dict[str, Any] = {"as": "brief"}


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


@pytest.fixture
async def room(node: LiveNode) -> str:
    return await node.open()


@pytest.fixture
async def author(node: LiveNode, room: str) -> Caller:
    return await node.seated(ana, room)


async def say(author: Caller, room: str, name: str, **fields: Any) -> None:
    author.send("post", id=name, room=room, text="Is she breathing", **fields)
    await author.next("ack", re=name)


async def test_what_is_asked_of_its_person_comes_ahead_and_what_is_said_does_not(
    node: LiveNode, room: str, author: Caller
) -> None:
    brief = await node.seated(cleo, room, **BRIEF)
    await say(author, room, "p1")
    await say(author, room, "p2", kind="question", to=ben.id)
    await say(author, room, "p3", kind="question", to=cleo.id)
    [entry] = (await brief.next("ahead"))["events"]
    assert (entry["id"], entry["body"]["to"]) == ("p3", cleo.id)
    assert not brief.of("event") and not brief.of("events")


async def test_the_close_comes_ahead(node: LiveNode, room: str) -> None:
    presenter, brief = await node.seated(cleo, room), await node.seated(ben, room, **BRIEF)
    presenter.send("close", id="c1", room=room, disposition="transferred", summary="She is on her way")
    assert [entry["kind"] for entry in (await brief.next("ahead"))["events"]] == ["closed"]


async def test_it_begins_with_the_state_and_no_events(node: LiveNode, room: str, author: Caller) -> None:
    await say(author, room, "p1")
    brief = node.call(cleo)
    brief.send("join", id="j", room=room, after=1, **BRIEF)
    joined = await brief.next("joined")
    assert joined["as"] == "brief" and not joined["resumed"]
    assert joined["state"]["posts"] == 1 and joined["events"] == []


async def test_it_counts_as_nobody(node: LiveNode, room: str, author: Caller) -> None:
    await node.seated(ben, room, **BRIEF)
    joined = (await node.seated(mo, room)).of("joined")[0]
    assert joined["viewers"] == 0
    assert ben.id not in {here["person"] for here in joined["roster"]}


async def test_nothing_is_written_from_it(node: LiveNode, room: str) -> None:
    brief = await node.seated(ana, room, **BRIEF)
    brief.send("post", id="p1", room=room, text="Give it")
    assert (await brief.next("error", re="p1"))["code"] == "forbidden"


async def test_observer_has_none(node: LiveNode, room: str) -> None:
    observer = node.call(obi)
    observer.send("join", id="j", room=room, **BRIEF)
    assert (await observer.next("error", re="j"))["code"] in ("forbidden", "not_found")


async def test_it_goes_with_the_right_to_be_there(node: LiveNode, room: str) -> None:
    presenter, brief = await node.seated(cleo, room), await node.seated(ana, room, **BRIEF)
    presenter.send("remove", id="r1", room=room, person=ana.id)
    assert (await brief.next("left"))["code"] == "removed"


async def test_one_that_does_not_read_is_told_when_it_does(node: LiveNode, room: str, author: Caller) -> None:
    brief = await node.seated(cleo, room, **BRIEF)
    brief.stall()
    await say(author, room, "p1", kind="question", to=cleo.id)
    await say(author, room, "p2", kind="question", to=cleo.id)
    brief.drain()
    ids = [entry["id"] for frame in brief.of("ahead") for entry in frame["events"]]
    while "p2" not in ids:
        ids += [entry["id"] for entry in (await brief.next("ahead"))["events"]]
    assert sorted(set(ids)) == ["p1", "p2"]
