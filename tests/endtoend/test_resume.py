"""Coming back: to the same node or another, from where one was."""

import asyncio

import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Encoding, Raw, fresh


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_who_is_cut_off_in_the_middle_gets_everything_once_and_in_order(
    callers: Callers, encoding: Encoding
) -> None:
    room = await callers.open_case()
    ben = await callers.seated("ben", room)
    ana = await callers.seated("ana", room, encoding, node=1)
    writing = asyncio.create_task(posts(ben, room, 60))
    await ana.upto(room, 20)
    await ana.cut()
    back = await callers.seated("ana", room, encoding, node=0, **ana.position(room))
    await writing
    assert back.of("joined")[0]["resumed"] is True
    assert "state" not in back.of("joined")[0]
    await back.upto(room, 61)
    assert ana.events(room) + back.events(room) == await callers.log(room)


async def test_an_observer_who_is_cut_off_resumes_in_their_own_copy(callers: Callers) -> None:
    room = await callers.open_case()
    ben, obi = await callers.seated("ben", room), await callers.seated("obi", room, node=0)
    await posts(ben, room, 3)
    await obi.upto(room, 4)
    await obi.cut()
    await posts(ben, room, 3)
    back = await callers.seated("obi", room, node=1, **obi.position(room))
    await back.upto(room, 7)
    assert [event["seq"] for event in obi.events(room) + back.events(room)] == list(range(1, 8))
    names = {event["by"]["person"] for event in obi.events(room)[1:] + back.events(room)}
    assert len(names) == 1 and ben.me["person"] not in names


async def test_who_was_away_for_long_is_sent_frames_of_at_most_64_kib(callers: Callers) -> None:
    room = await callers.open_case()
    ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
    position = ana.position(room)
    await ana.hang_up()
    names = [fresh() for _ in range(700)]
    for name in names:
        await ben.send("post", id=name, room=room, text=said(name * 20))
    await ben.upto(room, 701)
    for node in (0, 1):
        back = await callers.seated("ana", room, "json", node=node, **position)
        assert [event["id"] for event in back.events(room)] == names
        assert max(back.sizes) <= 65_536


async def test_a_position_that_the_log_does_not_have_is_answered_with_the_state(callers: Callers) -> None:
    room = await callers.open_case()
    callers.site.went_back.add(room)
    ben = await callers.seated("ben", room)
    await posts(ben, room, 3)
    for after in (2, 99):
        ana = await callers.seated("ana", room, after=after, check="0" * 16)
        joined = ana.of("joined")[0]
        assert (joined["resumed"], joined["state"]["posts"]) == (False, 3)
        assert ana.events(room) == ben.events(room)


async def test_a_command_whose_answer_was_lost_is_answered_on_the_other_node(callers: Callers) -> None:
    room = await callers.open_case()
    ana, ben = await callers.seated("ana", room, node=1), await callers.seated("ben", room, node=0)
    await ana.send("post", id="unsure", room=room, text=said("did it arrive?"))
    committed = (await ben.upto(room, 2))[-1]
    await ana.cut()
    back = await callers.seated("ana", room, node=0)
    ack = await back.ask("post", id="unsure", room=room, text=said("did it arrive?"))
    assert (ack["seq"], ack["at"], ack["duplicate"]) == (2, committed["at"], True)


async def posts(seat: Raw, room: str, count: int) -> None:
    """Post so many times, one after another."""
    for number in range(count):
        assert (await seat.ask("post", room=room, text=said(f"post {number}")))["t"] == "ack"
