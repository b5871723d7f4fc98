"""A bug of ours ends the seat that it hits, with 1011 and one line in the log; everyone else's turn goes on."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime import turns
from realtime.here import Here
from realtime.host import Host
from realtime.rooms.decide import decide
from realtime.socket import Connection
from realtime.tail import Copier, Tail
from tests.builders import ana, ben, cleo, obi
from tests.live import Caller, LiveNode, site

FOLLOW: dict[str, Any] = {"as": "follow"}


class OurBug(Exception):
    pass


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


@pytest.fixture
async def room(node: LiveNode) -> str:
    return await node.open(observers="live")


def failing(act: Callable[..., Any], where: Callable[..., bool]) -> Callable[..., Any]:
    """`act`, which fails for the arguments that `where` names."""

    def acted(*given: Any, **named: Any) -> Any:
        if where(*given):
            raise OurBug
        return act(*given, **named)

    return acted


def bugs(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.exc_info]


async def posted(room: str, *callers: Caller) -> None:
    """Each of them posts under their own name, in one turn."""
    for caller in callers:
        caller.send("post", id=f"of_{caller.connection.person.id}", room=room, text="Note")


async def test_a_command_that_cannot_be_decided_harms_no_other_of_its_turn(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    callers = [await node.seated(person, room) for person in (ana, ben, cleo)]
    decided = failing(decide, lambda room, seat, *_: seat.person.id == ben.id)
    monkeypatch.setattr(turns, "decide", decided)
    await posted(room, *callers)
    assert await callers[1].closed() == 1011
    for caller in (callers[0], callers[2]):
        await caller.next("ack")
        await caller.has(3)
        assert [event["id"] for event in caller.events()[1:]] == ["of_ana", "of_cleo"]
    assert bugs(caplog) == [f"a Post in room {room} failed at seq 3"]


async def test_an_answer_that_cannot_be_given_harms_no_other_of_its_turn(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    callers = [await node.seated(person, room) for person in (ana, ben, cleo)]
    frame = failing(Host._frame, lambda host, answer: answer.asked.seat.person.id == ana.id)
    monkeypatch.setattr(Host, "_frame", frame)
    await posted(room, *callers)
    assert await callers[0].closed() == 1011
    for caller in callers[1:]:
        await caller.next("ack")
        await caller.has(4)
    assert bugs(caplog) == [f"a Post in room {room} failed at seq 4"]


async def test_a_seat_that_cannot_be_told_ends_and_those_behind_it_are_told(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Contributors in the turn itself, observers in the round after it."""
    broken = [await node.seated(person, room, "json") for person in (ana, obi)]
    author, *others = [await node.seated(person, room) for person in (cleo, ben, obi)]
    prepared = failing(Tail.prepared, lambda tail, after, upto, audience, form: form.encoding == "json")
    monkeypatch.setattr(Tail, "prepared", prepared)
    await posted(room, author)
    for caller in broken:
        assert await caller.closed() == 1011
    for caller in (author, *others):
        await caller.has(2)
    await posted(room, others[0])
    await author.has(3)
    assert bugs(caplog) == [f"a seat in room {room} cannot be told what comes after seq 1"]
    assert len(node.observing.ended) == 1


async def test_a_reader_who_cannot_be_written_to_ends_and_the_round_goes_on(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The second of three who stand at the same place is written what the first one was."""
    dan = msgspec.structs.replace(ben, id="dan")
    first, broken, last = [await node.seated(person, room, **FOLLOW) for person in (ana, ben, dan)]
    authors = [await node.seated(person, room) for person in (cleo, ana)]
    write = failing(Connection.write, lambda connection, data: connection is broken.connection and b"of_cleo" in data)
    monkeypatch.setattr(Connection, "write", write)
    await posted(room, authors[0])
    assert await broken.closed() == 1011
    await posted(room, authors[1])
    for caller in (first, last):
        await caller.has(3)
    assert bugs(caplog) == [f"a seat in room {room} cannot be told what comes after seq 1"]


async def test_a_seat_whose_page_of_the_journal_cannot_be_told_ends(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    author = await node.seated(cleo, room)
    await posted(room, author)
    await author.has(2)
    monkeypatch.setattr(Tail, "reaches", lambda tail, after: False)
    monkeypatch.setattr(Copier, "frame", failing(Copier.frame, lambda *_: True))
    reader = node.call(ben)
    reader.send("join", id="j", room=room, after=0)
    assert await reader.closed() == 1011
    assert bugs(caplog) == [f"a seat in room {room} cannot be told what comes after seq 0"]


async def test_after_a_turn_that_failed_the_next_one_is_taken(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = [await node.seated(person, room) for person in (ana, ben)]
    host = node.hub.live(room)
    assert host is not None
    tell = host._tell

    def fails_once(trial: Any) -> None:
        monkeypatch.setattr(host, "_tell", tell)
        other.send("post", id="next", room=room, text="Note")
        raise OurBug

    monkeypatch.setattr(host, "_tell", fails_once)
    await posted(room, one)
    await other.next("ack", re="next")
    assert await one.closed() == 1011
    assert bugs(caplog) == [f"a turn of room {room} failed at seq 2"]


@pytest.mark.parametrize("waits", [False, True], ids=["at once", "after a join"])
async def test_a_frame_that_cannot_be_acted_on_ends_its_connection(
    node: LiveNode, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, waits: bool
) -> None:
    caller = await node.seated(ana, room)
    monkeypatch.setattr(Here, "typing", failing(Here.typing, lambda *_: True))
    if waits:
        caller.send("join", id="again", room=room)
        assert caller.connection.busy
    caller.send("typing", room=room, on=True)
    assert await caller.closed() == 1011
    assert bugs(caplog) == ["a Typing failed"]
