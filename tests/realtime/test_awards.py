"""Awards, over the live side: who may give them, for what, and that the room has no part in it until it closes."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from realtime.rooms.refusals import Refusal
from realtime.wire.client import Award
from tests.awarding import committed
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller, LiveNode, site

FOLLOW: dict[str, Any] = {"as": "follow"}
TEN: dict[str, Any] = {"cents": 1_000, "currency": "USD"}


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
    await answer(author, "post", "p", room=room, text="Adrenaline first.")
    return author


async def test_an_observer_awards_a_post_and_the_ack_has_no_seq(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(obi, room)
    ack = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert {name: ack.get(name) for name in ("t", "room", "seq", "at")} == {
        "t": "ack",
        "room": room,
        "seq": None,
        "at": None,
    }
    (gift,) = node.awards.gifts
    assert (gift.author, gift.payer, gift.person, gift.texts) == ("ben", "corp", "obi", ["Adrenaline first."])
    assert (gift.cents, gift.currency, gift.void) == (1_000, "USD", None)


async def test_the_opening_question_can_be_awarded_as_well(node: LiveNode) -> None:
    room = await node.open(key="k1", request="Which dose of Antivenin?")
    seat = await node.seated(obi, room)
    opening = seat.events()[0]["id"]
    ack = await answer(seat, "award", "a1", room=room, target=opening, **TEN)
    assert ack["t"] == "ack"
    (gift,) = node.awards.gifts
    assert gift.author == cleo.id
    assert "Which dose of Antivenin?" in gift.texts


async def test_a_resent_award_is_a_duplicate_also_after_the_close(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(obi, room)
    await answer(seat, "award", "a1", room=room, target="p", **TEN)
    again = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    presenter = await node.seated(cleo, room)
    await answer(presenter, "close", "c", room=room, disposition="Home", summary="Well.")
    closed = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    seat.send("leave", id="l", room=room)
    elsewhere = await answer(node.call(obi), "award", "a1", room=room, target="p", **TEN)
    assert [one["duplicate"] for one in (again, closed, elsewhere)] == [True] * 3
    other = await answer(seat, "award", "a1", room=room, target="p", cents=1_001, currency="USD")
    assert other["code"] == "conflict"
    assert len(node.awards.gifts) == 1


@pytest.mark.parametrize("person", [ana, cleo, mo], ids=lambda person: person.id)
@pytest.mark.parametrize("wish", [{}, FOLLOW], ids=["contributing", "following"])
async def test_nobody_but_an_observer_awards(node: LiveNode, person: Any, wish: dict[str, Any]) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(person, room, **({} if person is cleo else wish))
    error = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert error["message"] == Refusal.OBSERVERS_AWARD.message
    assert not node.awards.gifts


async def test_an_award_needs_a_seat_and_a_post_of_the_room(node: LiveNode) -> None:
    room = await node.open()
    unseated = await answer(node.call(obi), "award", "a1", room=room, target="p", **TEN)
    seat = await node.seated(obi, room)
    nothing = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert (unseated["code"], nothing["message"]) == ("not_joined", Refusal.NO_SUCH_POST.message)


async def test_what_is_no_amount_is_a_bad_frame(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(obi, room)
    for fields in (
        {"cents": 0, "currency": "USD"},
        {"cents": 1_000, "currency": "dollar"},
        {"cents": 10.5, "currency": "USD"},
    ):
        seat.send("award", id="a1", room=room, target="p", **fields)
        assert (await seat.next("error"))["code"] == "bad_frame"
    assert not node.awards.gifts


@pytest.mark.parametrize(
    ("t", "fields", "why"),
    [
        ("retract", {"target": "p", "reason": "Wrong."}, Refusal.RETRACTED),
        ("withhold", {"target": "p", "reason": "trial_data"}, Refusal.AWARD_WITHHELD),
        ("flag", {"target": "p", "reason": "identifying"}, Refusal.AWARD_WITHHELD),
    ],
)
async def test_what_was_taken_back_or_withheld_is_not_awarded(
    node: LiveNode, t: str, fields: dict[str, Any], why: Refusal
) -> None:
    room = await node.open()
    author = await posted(node, room)
    await answer(author, t, "x", room=room, **fields)
    seat = await node.seated(obi, room)
    error = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert (error["code"], error["message"]) == ("invalid", why.message)


async def test_in_a_closed_room_nothing_is_awarded(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(obi, room)
    await answer(await node.seated(cleo, room), "close", "c", room=room, disposition="Home", summary="Well.")
    await seat.next("event", kind="closed")
    error = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert error["code"] == "room_closed"


async def test_what_a_copy_that_is_behind_does_not_show_is_no_post(node: LiveNode) -> None:
    room = await node.open()
    presenter, seat = await node.seated(cleo, room), await node.seated(obi, room)
    await answer(presenter, "observers", "o", room=room, mode="delayed", delay_s=60)
    await posted(node, room)
    error = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert error["message"] == Refusal.NO_SUCH_POST.message
    assert not node.awards.gifts


async def test_what_a_delayed_copy_does_not_show_yet_makes_an_award_void(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    presenter, seat = await node.seated(cleo, room), await node.seated(obi, room)
    await answer(presenter, "observers", "o", room=room, mode="delayed", delay_s=60)
    await answer(presenter, "close", "c", room=room, disposition="Home", summary="Well.")
    ack = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert ack["t"] == "ack"
    (gift,) = node.awards.gifts
    assert gift.void == "closed"
    assert gift.void_at is not None and 0 < gift.void_at - node.hub.node.now_ms() <= 60_000


async def test_a_close_reveals_the_commitments_with_it_and_nothing_else(node: LiveNode) -> None:
    room = await node.open()
    author, seat = await posted(node, room), await node.seated(obi, room)
    presenter = await node.seated(cleo, room)
    await answer(seat, "award", "a1", room=room, target="p", **TEN)
    await answer(presenter, "close", "c", room=room, disposition="Home", summary="Well.")
    for caller in (author, seat, presenter):
        await caller.has(4)
        closed, revealed = caller.events()[-2:]
        assert (closed["kind"], revealed["kind"], revealed["id"]) == ("closed", "awards_revealed", "c.1")
        assert revealed["body"] == {"awards": [{"commitment": committed(node.awards.gifts[0]).hex()}]}


async def test_a_room_without_awards_says_nothing_of_any(node: LiveNode) -> None:
    room = await node.open()
    presenter = await node.seated(cleo, room)
    await answer(presenter, "close", "c", room=room, disposition="Home", summary="Well.")
    assert [event["kind"] for event in presenter.events()] == ["opened", "closed"]
    assert node.awards.asked["sealed"] == 1


async def test_no_other_command_asks_the_ledger(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    assert node.awards.asked == {"given": 0, "give": 0, "sealed": 0}


async def test_an_award_takes_no_turn_of_the_room_and_nothing_of_its_rate(node: LiveNode) -> None:
    room = await node.open()
    author, seat = await posted(node, room), await node.seated(obi, room)
    host = node.hub.live(room)
    assert host is not None
    before, head, written = host.turning, host.head, author.writes
    for n in range(5):
        await answer(seat, "award", f"a{n}", room=room, target="p", **TEN)
    assert (host.turning, host.head, author.writes) == (before, head, written)
    assert (room, False) not in node.gateway.limits._rooms


async def test_muted_and_barred_observers_award_nothing(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(obi, room)
    node.moderation.silent.add(obi.id)
    muted = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    node.moderation.silent.clear()
    node.observing.refusals[obi.institution] = Refusal.SUSPENDED
    suspended = await answer(seat, "award", "a1", room=room, target="p", **TEN)
    assert (muted["message"], suspended["message"]) == (Refusal.MUTED.message, Refusal.SUSPENDED.message)


async def test_an_award_leaves_no_line_where_moderators_look(node: LiveNode) -> None:
    room = await node.open()
    await posted(node, room)
    seat = await node.seated(obi, room)
    before = list(node.audit.lines)
    await answer(seat, "award", "a1", room=room, target="p", **TEN)
    await answer(seat, "award", "a1", room=room, target="p", cents=900, currency="USD")
    assert node.audit.lines == before


def test_an_award_says_no_amount_in_a_log() -> None:
    assert "1000" not in repr(Award(id="a", room="r", target="p", cents=1_000, currency="USD"))
