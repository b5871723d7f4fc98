"""What a program with a token that only reads is in a room, and what it is told when it tries to do more."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime.gateway import HANDLERS, READING
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal
from tests.builders import ana, cleo, mo, obi
from tests.live import Caller, LiveNode, site
from tests.samples import CLIENT_FRAMES


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


@pytest.fixture
async def room(node: LiveNode) -> str:
    return await node.open(observers="live")


async def joined(node: LiveNode, person: Person, room: str, **fields: Any) -> tuple[Caller, dict[str, Any]]:
    program = node.call(person, reads_only=True)
    program.send("join", id="j", room=room, **fields)
    return program, await program.next("joined", "error")


@pytest.mark.parametrize("person", [cleo, ana, mo], ids=lambda person: person.id)
@pytest.mark.parametrize("wish", [{}, {"as": "follow"}], ids=["as is", "to follow"])
async def test_it_follows_whosever_it_is(node: LiveNode, room: str, person: Person, wish: dict[str, Any]) -> None:
    _, answer = await joined(node, person, room, **wish)
    assert answer["as"] == "follow"


async def test_an_observers_observes(node: LiveNode, room: str) -> None:
    _, answer = await joined(node, obi, room)
    assert answer["as"] == "observe"


async def test_nobody_is_told_that_it_is_here_as_a_contributor(node: LiveNode, room: str) -> None:
    presenter = await node.seated(cleo, room)
    await joined(node, ana, room)
    assert (await presenter.next("presence", viewers=1)).get("here", []) == []


async def test_it_may_not_sit_to_contribute(node: LiveNode, room: str) -> None:
    _, answer = await joined(node, ana, room, **{"as": "contribute"})
    assert answer["message"] == Refusal.READING_TOKEN.message


@pytest.mark.parametrize(
    "frame",
    [frame for frame in CLIENT_FRAMES if not isinstance(frame, READING)],
    ids=lambda frame: type(frame).__name__,
)
async def test_whatever_says_something_is_refused_in_one_sentence(node: LiveNode, room: str, frame: Any) -> None:
    program, _ = await joined(node, ana, room)
    sent = msgspec.to_builtins(frame)
    program.send(**sent | ({"room": room} if "room" in sent else {}))
    error = await program.next("error")
    assert (error["code"], error["message"]) == ("forbidden", Refusal.READING_TOKEN.message)
    assert not node.notices.marks


def test_each_kind_that_says_something_is_tried() -> None:
    assert {*map(type, CLIENT_FRAMES)} == {*HANDLERS}
