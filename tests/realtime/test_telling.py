"""Who is told of what concerns them, wherever they are."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from realtime import telling
from realtime.errors import Unavailable
from realtime.telling import AT_ONCE
from tests.builders import ana, cleo, mo
from tests.live import Caller, LiveNode, People, site


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


async def told(node: LiveNode) -> list[tuple[str, str]]:
    """Who was told of what kind."""
    await node.hub.node.telling.close()
    return [(notice.person, notice.kind) for notice in node.notices.made]


async def say(seat: Caller, room: str, id: str, text: str, **fields: str) -> None:
    seat.send("post", id=id, room=room, text=text, **fields)
    await seat.next("ack", re=id)


async def test_who_is_mentioned_is_told_once_for_each_post(node: LiveNode) -> None:
    room = await node.open()
    seat = await node.seated(ana, room)
    await say(seat, room, "p1", "@dr_ben and again @dr_ben: see @dr_ana.")
    await say(seat, room, "p1", "@dr_ben and again @dr_ben: see @dr_ana.")
    assert await told(node) == [("ben", "mention")]


async def test_who_is_mentioned_while_the_directory_is_away_is_told_when_it_is_back(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "TRY_S", 0.01)
    room = await node.open()
    seat = await node.seated(ana, room)
    with monkeypatch.context() as away:
        away.setattr(People, "named", AsyncMock(side_effect=Unavailable))
        await say(seat, room, "p1", "@dr_ben")
        await asyncio.sleep(0.05)
    await asyncio.gather(*node.hub.node.telling._under_way)
    assert await told(node) == [("ben", "mention")]


async def test_nobody_waits_for_the_directory_at_the_end(node: LiveNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(People, "named", AsyncMock(side_effect=Unavailable))
    room = await node.open()
    await say(await node.seated(ana, room), room, "p1", "@dr_ben")
    async with asyncio.timeout(0.5):
        assert await told(node) == []


async def test_nobody_learns_of_a_case_that_they_may_not_enter(node: LiveNode) -> None:
    room = await node.open(reach="team")
    seat = await node.seated(cleo, room)
    await say(seat, room, "p1", "@dr_ben @obi_corp @nobody")
    assert await told(node) == []
    seat.send("invite", id="i1", room=room, person="ben")
    await seat.next("ack", re="i1")
    await say(seat, room, "p2", "@dr_ben")
    assert await told(node) == [("ben", "mention")]


async def test_who_is_asked_and_mentioned_is_told_of_the_question_alone(node: LiveNode) -> None:
    room = await node.open()
    seat = await node.seated(ana, room)
    await say(seat, room, "p1", "@nurse_cleo, which snake?", kind="question", to="cleo")
    await node.hub.node.telling.close()
    (notice,) = node.notices.made
    assert (notice.person, notice.text) == ("cleo", "A question in an urgent case waits for your answer.")


async def test_whose_advice_cannot_be_followed_is_told(node: LiveNode) -> None:
    room = await node.open()
    await say(await node.seated(ana, room), room, "p1", "One vial.", kind="recommendation")
    presenter = await node.seated(cleo, room)
    presenter.send("act", id="a1", room=room, target="p1", state="cannot", reason="None here.")
    await presenter.next("ack", re="a1")
    assert await told(node) == [("ana", "mention")]


async def test_who_is_asked_to_take_over_is_told_with_the_page_to_answer(node: LiveNode) -> None:
    room = await node.open()
    presenter = await node.seated(cleo, room)
    presenter.send("hand_over", id="h1", room=room, person="ben")
    await presenter.next("ack", re="h1")
    assert await told(node) == [("ben", "hand_over")]
    assert node.notices.made[0].page == "h1"


@pytest.mark.parametrize("t", ["hand_over", "lead"])
async def test_a_case_is_put_into_no_hands_that_may_not_enter(node: LiveNode, t: str) -> None:
    room = await node.open(reach="team")
    presenter = await node.seated(cleo, room)
    for person, says in (("ben", "may not enter"), ("nobody", "no verified person"), ("obi", "no verified person")):
        presenter.send(t, id=f"x{person}", room=room, person=person)
        assert says in (await presenter.next("error", re=f"x{person}"))["message"]
    presenter.send(t, id="ok", room=room, person="mo")
    await presenter.next("ack", re="ok")


async def test_who_may_not_ask_learns_nothing_of_persons(node: LiveNode) -> None:
    room = await node.open(reach="institution", key="key2")
    presenter = await node.seated(cleo, room)
    presenter.send("invite", id="i1", room=room, person="ana")
    await presenter.next("ack", re="i1")
    seat = await node.seated(ana, room)
    seat.send("hand_over", id="h1", room=room, person="nobody")
    assert (await seat.next("error", re="h1"))["code"] == "forbidden"


async def test_one_author_brings_so_many_and_no_more(node: LiveNode) -> None:
    room = await node.open()
    seat = await node.seated(mo, room)
    for n in range(AT_ONCE + 5):
        await say(seat, room, f"p{n}", "@dr_ben look")
    assert await told(node) == [("ben", "mention")] * AT_ONCE
