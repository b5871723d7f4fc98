"""A moderator enters a case that is not open to them once they have said why, and reads it no sooner in another way."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from realtime.reading import copy_of
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.showing import entered
from tests.builders import ben, cleo, mo
from tests.live import LiveNode, Site, site


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
async def node(both: Site) -> LiveNode:
    return await both.node()


async def read(node: LiveNode, person: Person, room: str) -> Any:
    host = await node.hub.host(room)
    assert host is not None
    return await copy_of(host, person, 0, 10)


async def shown(node: LiveNode, person: Person, room: str) -> Any:
    return await entered(node.hub, room, person)


@pytest.mark.parametrize("look", [read, shown])
async def test_nothing_is_read_before_the_reason(
    node: LiveNode, look: Callable[[LiveNode, Person, str], Awaitable[Any]]
) -> None:
    room = await node.open(reach="team")
    with pytest.raises(Refused) as refused:
        await look(node, mo, room)
    assert refused.value.refusal is Refusal.SAY_WHY
    node.moderation.reasoned.add((mo.id, room))
    assert await look(node, mo, room)


async def test_a_seat_is_taken_after_the_reason(node: LiveNode) -> None:
    room = await node.open(reach="team")
    caller = node.call(mo)
    caller.send("join", id="j1", room=room)
    error = await caller.next("error", re="j1")
    assert error["code"] == "forbidden" and "Say why you enter" in error["message"]
    assert [(line["act"], line["outcome"]) for line in node.audit.whole] == [("join_refused", "refused")]
    node.moderation.reasoned.add((mo.id, room))
    caller.send("join", id="j2", room=room)
    assert (await caller.next("joined"))["re"] == "j2"
    assert node.audit.whole[-1]["detail"] == "contribute, advice shown, by office"


async def test_a_moderator_who_was_invited_or_is_within_reach_need_say_nothing(node: LiveNode) -> None:
    wide, narrow = await node.open(), await node.open(key="key2", reach="team")
    await node.seated(mo, wide)
    presenter = await node.seated(cleo, narrow)
    presenter.send("invite", id="i1", room=narrow, person=mo.id)
    await presenter.next("ack", re="i1")
    await node.seated(mo, narrow)
    details = [line["detail"] for line in node.audit.whole if line["act"] == "join" and line["person"] == mo.id]
    assert details == ["contribute, advice shown"] * 2, "neither is by office"


async def test_an_invitation_on_another_node_counts(both: Site) -> None:
    one, other = await both.node(), await both.node()
    room = await one.open(reach="team")
    await other.hub.host(room)
    presenter = await one.seated(cleo, room)
    presenter.send("invite", id="i1", room=room, person=mo.id)
    await presenter.next("ack", re="i1")
    await other.seated(mo, room)
    assert [line["detail"] for line in other.audit.whole] == ["contribute, advice shown"]


async def test_whoever_is_no_moderator_is_told_nothing_of_a_reason(node: LiveNode) -> None:
    room = await node.open(reach="team")
    node.moderation.reasoned.add((ben.id, room))
    caller = node.call(ben)
    caller.send("join", id="j1", room=room)
    assert (await caller.next("error"))["code"] == "not_found"
