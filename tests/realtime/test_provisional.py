"""What is said while the journal is away or slow: who is shown it, until when, and what it turns into."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime import provisional
from realtime.errors import Unavailable
from realtime.host import Host
from realtime.ports import Append, Journal
from realtime.wire.server import Provisional
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import PATIENCE_S, Caller, LiveNode, Site, site

FOLLOW: dict[str, Any] = {"as": "follow"}
TEXT = "Which snake?"


class Gate:
    """The journal behind a gate: shut, appends wait until it is open; while it is `away`, all that asks is told so."""

    def __init__(self, journal: Journal) -> None:
        self.away = False
        self._journal = journal
        self._open = asyncio.Event()
        self._open.set()

    def __getattr__(self, name: str) -> Any:
        if self.away and name != "heads":
            raise Unavailable
        return getattr(self._journal, name)

    async def append(self, wish: Append) -> None:
        await self._open.wait()
        if self.away:
            raise Unavailable
        await self._journal.append(wish)

    def shut(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
def gate(here: Site) -> Gate:
    here.journal = gate = Gate(here.journal)
    return gate


@pytest.fixture
async def near(here: Site, gate: Gate) -> LiveNode:
    return await here.node()


@pytest.fixture
async def far(here: Site, gate: Gate) -> LiveNode:
    return await here.node()


@pytest.fixture
async def room(near: LiveNode) -> str:
    return await near.open()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is over at once, and every resend renews."""
    monkeypatch.setattr(provisional, "AFTER_S", 0.02)
    monkeypatch.setattr(provisional, "RENEWED_S", 0.0)


async def tried(author: Caller, room: str, name: str = "p1", **fields: Any) -> dict[str, Any]:
    """The answer to a post."""
    author.send("post", id=name, room=room, **{"text": TEXT} | fields)
    return await author.next("ack", "error", re=name)


async def shown(author: Caller, reader: Caller, room: str, name: str = "p1", **fields: Any) -> dict[str, Any]:
    """What `reader` is shown of a post that `author` sends again and again."""
    async with asyncio.timeout(PATIENCE_S):
        while not (frames := provisionals(reader, name)):
            assert (await tried(author, room, name, **fields))["code"] == "unavailable"
            await asyncio.sleep(0.01)
    return frames[0]


def provisionals(reader: Caller, name: str = "p1") -> list[dict[str, Any]]:
    return [frame for frame in reader.of("provisional") if frame["id"] == name]


async def settled(caller: Caller) -> None:
    """Return once all that was sent to `caller` until now has come."""
    caller.send("ping", n=1)
    await caller.next("pong")


def held(node: LiveNode, room: str) -> Host:
    host = node.hub.live(room)
    assert host is not None
    return host


async def test_what_fails_for_a_second_is_shown_to_the_other_contributors_of_every_node(
    gate: Gate, near: LiveNode, far: LiveNode, room: str
) -> None:
    author, beside, reader = await near.seated(ana, room), await near.seated(cleo, room), await far.seated(ben, room)
    strangers = [await near.seated(mo, room, **FOLLOW), await far.seated(obi, room), author]
    gate.away = True
    begun_s = asyncio.get_running_loop().time()
    frame = await shown(author, reader, room, kind="question")
    assert asyncio.get_running_loop().time() - begun_s >= provisional.AFTER_S
    by = msgspec.to_builtins(ana.by)
    said = {"t": "provisional", "room": room, "id": "p1", "by": by, "kind": "question", "text": TEXT}
    assert frame == said
    assert provisionals(beside)[0] == said
    gate.away = False
    assert (await tried(author, room, kind="question"))["t"] == "ack"
    for seat in (beside, reader, *strangers):
        event = await seat.next("event", id="p1")
        assert event["body"]["text"] == TEXT
    assert not any(seat.of("provisional") for seat in strangers)


async def test_a_commit_that_takes_longer_than_a_second_is_shown_before_its_author_is_answered(
    gate: Gate, near: LiveNode, far: LiveNode, room: str
) -> None:
    author, reader = await near.seated(ana, room), await far.seated(ben, room)
    gate.shut()
    author.send("post", id="p1", room=room, text=TEXT)
    author.send("post", id="p2", room=room, text="Any bleeding?")
    assert (await reader.next("provisional"))["id"] == "p1"
    assert (await reader.next("provisional"))["id"] == "p2"
    assert not [frame for frame in author.frames if frame.get("re") in ("p1", "p2")]
    gate.open()
    for name in ("p1", "p2"):
        assert (await author.next("ack", re=name))["seq"] in (2, 3)
        await reader.next("event", id=name)
    late = await far.seated(cleo, room)
    await settled(late)
    assert not late.of("provisional")


async def test_what_is_on_record_within_a_second_is_never_shown(
    gate: Gate, near: LiveNode, far: LiveNode, room: str
) -> None:
    author, reader = await near.seated(ana, room), await far.seated(ben, room)
    gate.away = True
    assert (await tried(author, room))["code"] == "unavailable"
    gate.away = False
    assert (await tried(author, room))["t"] == "ack"
    await reader.next("event", id="p1")
    held(near, room).provisional._look()
    assert not reader.of("provisional")


@pytest.mark.usefixtures("soon")
async def test_what_the_rules_refuse_on_the_last_known_state_is_not_shown(
    gate: Gate, near: LiveNode, room: str
) -> None:
    author, reader = await near.seated(ana, room), await near.seated(ben, room)
    gate.away = True
    for _ in range(5):
        await tried(author, room, "wrong", reply_to="nowhere")
        await tried(author, room, "empty", text=" ")
        await asyncio.sleep(0.01)
    await shown(author, reader, room, "right")
    assert {frame["id"] for frame in reader.of("provisional")} == {"right"}


@pytest.mark.usefixtures("soon")
async def test_what_is_refused_in_the_end_is_gone_on_every_node(
    gate: Gate, near: LiveNode, far: LiveNode, room: str
) -> None:
    author, reader, presenter = await near.seated(ana, room), await far.seated(ben, room), await far.seated(cleo, room)
    gate.away = True
    await shown(author, reader, room)
    gate.away = False
    presenter.send("close", id="x1", room=room, disposition="advised", summary="Done.")
    await author.next("event", kind="closed")
    assert (await tried(author, room))["code"] == "room_closed"
    gone = await reader.next("provisional", gone=True)
    assert (gone["id"], gone["by"]["person"], gone["text"]) == ("p1", "ana", "")
    assert not author.of("provisional")


@pytest.mark.usefixtures("soon")
async def test_its_author_takes_it_back_by_retracting_it_and_nobody_else_does(
    gate: Gate, near: LiveNode, room: str
) -> None:
    author, moderator = await near.seated(ana, room), await near.seated(mo, room)
    gate.away = True
    await shown(author, moderator, room)
    for caller, name in ((moderator, "r1"), (author, "r2")):
        assert not [frame for frame in moderator.of("provisional") if frame.get("gone")]
        caller.send("retract", id=name, room=room, target="p1", reason="Wrong room.")
        await caller.next("error", re=name)
    await moderator.next("provisional", id="p1", gone=True)


@pytest.mark.usefixtures("soon")
async def test_a_resend_renews_it(gate: Gate, near: LiveNode, far: LiveNode, room: str) -> None:
    author, reader = await near.seated(ana, room), await far.seated(ben, room)
    gate.away = True
    first = await shown(author, reader, room)
    before = len(provisionals(reader))
    await tried(author, room)
    while len(provisionals(reader)) == before:
        assert await reader.next("provisional") == first


@pytest.mark.usefixtures("soon")
async def test_contributors_who_come_later_are_shown_it_and_its_author_is_not(
    gate: Gate, near: LiveNode, far: LiveNode, room: str
) -> None:
    author, reader = await near.seated(ana, room), await far.seated(ben, room)
    gate.away = True
    frame = await shown(author, reader, room)
    viewer, watcher = await far.seated(mo, room, **FOLLOW), await far.seated(obi, room)
    for node in (near, far):
        late = await node.seated(cleo, room)
        assert await late.next("provisional") == frame
    for reader in (viewer, watcher):
        await settled(reader)
        assert not reader.of("provisional")
    viewer.send("step_up", id="s1", room=room)
    assert await viewer.next("provisional") == frame
    again = await near.seated(ana, room)
    await settled(again)
    assert not again.of("provisional")


@pytest.mark.usefixtures("soon")
async def test_an_author_who_goes_on_at_another_node_renews_it_and_is_refused_there(
    gate: Gate, near: LiveNode, far: LiveNode, room: str
) -> None:
    author, reader, presenter = await near.seated(ana, room), await far.seated(ben, room), await near.seated(cleo, room)
    gate.away = True
    await shown(author, reader, room)
    author.connection.close(1000)
    author = await far.seated(ana, room)
    before = len(provisionals(presenter))
    await tried(author, room)
    while len(provisionals(presenter)) == before:
        await presenter.next("provisional")
    gate.away = False
    presenter.send("close", id="x1", room=room, disposition="advised", summary="Done.")
    await author.next("event", kind="closed")
    await tried(author, room)
    for seat in (reader, presenter):
        await seat.next("provisional", id="p1", gone=True)


@pytest.mark.usefixtures("soon")
async def test_an_id_that_is_shown_is_its_author_s(gate: Gate, near: LiveNode, far: LiveNode, room: str) -> None:
    author, rival, reader = await near.seated(ana, room), await near.seated(ben, room), await far.seated(cleo, room)
    gate.away = True
    await shown(author, reader, room)
    for _ in range(3):
        await tried(rival, room, text="Mine.")
        await asyncio.sleep(0.01)
    gate.away = False
    assert (await tried(author, room))["t"] == "ack"
    assert (await tried(rival, room, text="Mine."))["code"] == "conflict"
    await reader.next("event", id="p1")
    for seat in (author, rival, reader):
        assert {frame["text"] for frame in seat.of("provisional")} <= {TEXT}


@pytest.mark.usefixtures("soon")
async def test_one_person_does_not_fill_the_room_with_it(
    gate: Gate, near: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provisional, "MOST_OF_ONE", 2)
    author, other = await near.seated(ana, room), await near.seated(ben, room)
    gate.away = True
    for name in ("p1", "p2"):
        await shown(author, other, room, name)
    for _ in range(3):
        await tried(author, room, "p3")
        await asyncio.sleep(0.01)
    await shown(other, author, room, "q1")
    assert {frame["id"] for frame in other.of("provisional")} == {"p1", "p2"}


@pytest.mark.usefixtures("soon")
async def test_what_nobody_renews_is_forgotten_and_nobody_is_told(
    gate: Gate, near: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, reader = await near.seated(ana, room), await near.seated(ben, room)
    gate.away = True
    await shown(author, reader, room)
    before = len(reader.of("provisional"))
    monkeypatch.setattr(provisional, "LASTS_S", 0.0)
    held(near, room).provisional.tick()
    late = await near.seated(cleo, room)
    await settled(late)
    assert not late.of("provisional")
    assert len(reader.of("provisional")) == before


async def test_while_commits_succeed_a_room_has_one_timer_and_keeps_nothing(near: LiveNode, room: str) -> None:
    author = await near.seated(ana, room)
    assert (await tried(author, room, "p0"))["t"] == "ack"
    kept = held(near, room).provisional
    timer = kept._timer
    assert timer is not None
    for n in range(1, 30):
        author.send("post", id=f"p{n}", room=room, text=TEXT)
    await author.next("ack", re="p29")
    assert kept._timer is timer
    assert not kept._shown and not kept._since


async def test_what_is_on_record_is_not_shown_when_it_is_sent_again_or_heard_of_late(
    gate: Gate, near: LiveNode, far: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, beside, reader = await near.seated(ana, room), await near.seated(cleo, room), await far.seated(ben, room)
    assert (await tried(author, room, "p1"))["t"] == "ack"
    await reader.next("event", id="p1")
    monkeypatch.setattr(provisional, "AFTER_S", 0.02)
    gate.shut()
    for name in ("p2", "p1", "p3"):
        author.send("post", id=name, room=room, text=TEXT)
    await reader.next("provisional", id="p3")
    late = Provisional(room=room, id="p1", by=ana.by, kind="comment", text=TEXT)
    held(far, room).provisional.received(late)
    for seat in (beside, reader):
        await settled(seat)
        assert {frame["id"] for frame in seat.of("provisional")} == {"p2", "p3"}
    gate.open()
