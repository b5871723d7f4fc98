"""Entries and refusals of every kind of frame leave one audit line, and none says what anybody wrote.

Commands that are carried out stand in the room's own log, with their author.
"""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from realtime.rooms.commands import Flag
from realtime.wire.client import ClientFrame
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import LiveNode, site
from tests.samples import CLIENT_FRAMES

CANARY: Final = "Jane Q. Canary, born in Springfield"
TEXTS: Final = frozenset(
    {
        "text",
        "reason",
        "note",
        "summary",
        "disposition",
        "diagnosis",
        "how_known",
        "advice_used",
        "state_24h",
        "state_7d",
    }
)


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


async def test_an_entry_leaves_one_line_with_how_and_from_where(node: LiveNode) -> None:
    room = await node.open()
    caller = node.call(ana)
    caller.connection.address = "192.0.2.5"
    caller.send("join", id="j", room=room, **{"as": "follow"})
    await caller.next("caught_up")
    caller.send("step_up", id="s", room=room)
    await caller.next("ack")
    assert [(line["act"], line["detail"], line["where"]) for line in node.audit.whole] == [
        ("join", "follow, advice shown", "192.0.2.5"),
        ("step_up", "", "192.0.2.5"),
    ]


async def test_a_resume_says_from_where_on_it_read(node: LiveNode) -> None:
    room = await node.open()
    await node.seated(ana, room, after=1)
    assert [line["detail"] for line in node.audit.whole] == ["contribute, advice shown, after 1"]


async def test_a_moderator_whom_only_their_office_lets_in_is_marked(node: LiveNode) -> None:
    for key, reach in (("key1", "team"), ("key2", "world")):
        room = await node.open(key=key, reach=reach)
        node.moderation.reasoned.add((mo.id, room))
        await node.seated(mo, room)
    assert [line["detail"] for line in node.audit.whole] == [
        "contribute, advice shown, by office",
        "contribute, advice shown",
    ]


async def test_a_join_that_is_refused_or_fails_leaves_one_line(node: LiveNode) -> None:
    room = await node.open(reach="team")
    for where, person in ((room, ben), ("nowhere", ana)):
        caller = node.call(person)
        caller.send("join", id="j", room=where)
        await caller.next("error")
    assert [(line["act"], line["person"], line["outcome"]) for line in node.audit.whole] == [
        ("join_refused", "ben", "refused"),
        ("join_refused", "ana", "refused"),
    ]


@pytest.mark.parametrize("frame", CLIENT_FRAMES, ids=lambda frame: type(frame).__name__)
async def test_what_an_observer_may_not_do_leaves_one_line(node: LiveNode, frame: ClientFrame) -> None:
    room = await node.open()
    caller = await node.seated(obi, room)
    node.audit.whole.clear()
    fields = plain(frame, room)
    caller.send(fields.pop("t"), **fields)
    if fields.get("id"):
        await caller.next("ack", "error", "joined", "left", re=fields["id"])
    caller.send("ping", n=7)
    await caller.next("pong", n=7)
    refused = [error for error in caller.of("error") if error["code"] == "forbidden"]
    entered = len(caller.of("joined")) - 1
    flagged = isinstance(frame, Flag)  # goes to moderators and changes nothing in the room
    assert len(node.audit.whole) == len(refused) + entered + flagged
    for line in node.audit.whole:
        if line["act"] == "command_refused":
            assert line["detail"].startswith(type(frame).__name__) and line["outcome"] == "refused"


@pytest.mark.parametrize("person", [cleo, obi])
async def test_what_was_written_is_in_no_line_log_or_refusal(
    node: LiveNode, person: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    room = await node.open()
    caller = await node.seated(person, room)
    for number, frame in enumerate(CLIENT_FRAMES):
        fields = plain(frame, room, CANARY)
        fields["id"] = f"c{number}"
        caller.send(fields.pop("t"), **fields)
    caller.send("ping", n=7)
    await caller.next("pong", n=7)
    refusals = repr(caller.of("error"))
    assert refusals != "[]"
    assert "Canary" not in repr(node.audit.whole) + caplog.text + refusals


def plain(frame: ClientFrame, room: str, text: str | None = None) -> dict[str, Any]:
    """The frame as a client sends it into `room`, with `text` wherever one writes."""
    fields: dict[str, Any] = msgspec.to_builtins(frame)
    if "room" in fields:
        fields["room"] = room
    for name in TEXTS & fields.keys():
        fields[name] = text or fields[name]
    for one in fields.get("evidence", ()):
        one["ref"] = text or one["ref"]
    return fields
