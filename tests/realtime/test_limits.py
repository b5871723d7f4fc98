"""What one may do a second in a room: whose rate it is, what counts, and who is sent away."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime.rates import Allowed
from tests.builders import ana, ben, cleo, obi
from tests.live import Caller, LiveNode, Site, site

FOLLOW: dict[str, Any] = {"as": "follow"}
TEN = Allowed(per_s=1, burst=10, room_per_s=1_000)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
async def node(here: Site) -> LiveNode:
    """A node that allows each person ten commands in a room at once."""
    return await here.node(TEN)


def post(caller: Caller, room: str, name: str, **fields: Any) -> None:
    caller.send("post", id=name, room=room, **{"text": "Again.", **fields})


async def answers(caller: Caller, count: int) -> list[str]:
    """What `count` commands were answered, in order of arrival: `ack` or the error's code."""
    found = [await caller.next("ack", "error") for _ in range(count)]
    return [frame.get("code", "ack") for frame in found]


async def posted(caller: Caller, room: str, count: int, stem: str = "p", **fields: Any) -> list[str]:
    """What became of `count` posts, sorted: refusals are told at once, acks when the commit is over."""
    for n in range(count):
        post(caller, room, f"{stem}{n}", **fields)
    return sorted(await answers(caller, count))


async def test_a_burst_passes_and_the_rest_is_told_when_to_come_back(node: LiveNode) -> None:
    caller = await node.seated(ana, await node.open())
    assert await posted(caller, caller_room(caller), 12) == ["ack"] * 10 + ["rate_limited"] * 2
    first, second = caller.of("error")
    assert 0 < first["retry_after_ms"] < second["retry_after_ms"]
    assert first["message"] == "Too much at once. Send the same id again after the wait."


async def test_the_same_id_after_the_wait_is_taken(node: LiveNode) -> None:
    room = await node.open()
    caller = await node.seated(ana, room)
    await posted(caller, room, 11)
    [refused] = caller.of("error")
    node.passed_s += refused["retry_after_ms"] / 1_000
    post(caller, room, refused["re"])
    assert (await caller.next("ack"))["re"] == refused["re"]


async def test_two_connections_of_a_person_share_one_rate(node: LiveNode) -> None:
    room = await node.open()
    one, other = await node.seated(ana, room), await node.seated(ana, room)
    assert await posted(one, room, 6, "a") == ["ack"] * 6
    assert await posted(other, room, 6, "b") == ["ack"] * 4 + ["rate_limited"] * 2


async def test_a_reconnect_brings_no_new_burst(node: LiveNode) -> None:
    room = await node.open()
    caller = await node.seated(ana, room)
    await posted(caller, room, 10)
    caller.abort()
    assert await posted(await node.seated(ana, room), room, 1, "q") == ["rate_limited"]


async def test_each_room_has_a_rate_of_its_own_and_each_person_too(node: LiveNode) -> None:
    rooms = [await node.open(key=key) for key in ("key1", "key2")]
    caller = await node.seated(ana, rooms[0])
    await posted(caller, rooms[0], 10)
    caller.send("join", id="j2", room=rooms[1])
    await caller.next("caught_up")
    assert await posted(caller, rooms[1], 10, "q") == ["ack"] * 10
    assert await posted(await node.seated(ben, rooms[0]), rooms[0], 10, "r") == ["ack"] * 10


async def test_typing_and_seen_cost_a_quarter(node: LiveNode) -> None:
    room = await node.open()
    caller = await node.seated(ana, room)
    for n in range(36):
        caller.send("typing" if n % 2 else "seen", room=room, **({"on": True} if n % 2 else {"seq": 1}))
    assert await posted(caller, room, 2) == ["ack", "rate_limited"]


async def test_a_long_text_costs_as_much_as_several_short_ones(node: LiveNode) -> None:
    room = await node.open()
    caller = await node.seated(ana, room)
    assert await posted(caller, room, 3, text="x" * 8_000) == ["ack"] * 2 + ["rate_limited"]


async def test_an_observer_has_a_quarter_of_the_rate(here: Site) -> None:
    node = await here.node(Allowed(per_s=20, burst=20))
    room = await node.open(observers="live")
    observer = await node.seated(obi, room)
    assert observer.of("welcome")[0]["limits"]["commands_per_s"] == 5
    assert await posted(observer, room, 6) == ["forbidden"] * 5 + ["rate_limited"]


async def test_what_is_asked_outside_of_rooms_has_a_rate_too(node: LiveNode) -> None:
    caller = node.call(ana)
    for n in range(12):
        caller.send("watch", id=f"w{n}")
    assert sorted(await answers(caller, 12)) == ["ack"] * 10 + ["rate_limited"] * 2


async def test_all_in_a_room_share_the_rooms_rate(here: Site) -> None:
    node = await here.node(Allowed(per_s=1_000, burst=1_000, room_per_s=5))
    room = await node.open()
    assert await posted(await node.seated(ana, room), room, 6, "a") == ["ack"] * 6
    late = await node.seated(ben, room)
    assert await posted(late, room, 6, "b") == ["ack"] * 4 + ["rate_limited"] * 2
    assert late.is_closing() is False


async def test_the_audience_uses_up_nothing_that_contributors_have(here: Site) -> None:
    node = await here.node(Allowed(per_s=1_000, burst=1_000, room_per_s=5))
    room = await node.open(observers="live")
    viewer = await node.seated(ben, room, **FOLLOW)
    assert "rate_limited" in await posted(viewer, room, 20)
    assert await posted(await node.seated(ana, room), room, 10, "a") == ["ack"] * 10


async def test_a_burst_of_a_thousand_ends_with_4429_and_nobody_else_is_refused(here: Site) -> None:
    node = await here.node(Allowed())
    room = await node.open()
    other, flooder = await node.seated(cleo, room), await node.seated(ana, room)
    for n in range(1_000):
        post(flooder, room, f"p{n}")
    assert await flooder.closed() == 4429
    codes = [frame["code"] for frame in flooder.of("error")]
    assert 150 < len(codes) < 300 and set(codes) == {"rate_limited"}
    assert await posted(other, room, 20, "q") == ["ack"] * 20
    again = await node.seated(ana, room)
    post(again, room, "again")
    assert await again.closed() == 4429


async def test_whoever_flooded_once_and_waited_is_not_sent_away_for_what_others_use_up(here: Site) -> None:
    node = await here.node(Allowed(per_s=1, burst=1, room_per_s=5))
    room = await node.open()
    flooder = await node.seated(ana, room)
    while not flooder.is_closing():
        post(flooder, room, "p0")
    node.passed_s += 5
    back = await node.seated(ana, room)
    others = [await node.seated(msgspec.structs.replace(ben, id=f"ben{n}"), room) for n in range(10)]
    for other in others:
        post(other, room, "p" + other.connection.person.id)
    post(back, room, "p1")
    assert (await back.next("error", "ack", re="p1"))["code"] == "rate_limited"
    assert not back.is_closing()


async def test_buckets_that_are_full_again_are_forgotten(node: LiveNode) -> None:
    caller = await node.seated(ana, await node.open())
    limits = node.gateway.limits
    assert len(limits) > 0
    node.passed_s += 60
    limits.sweep()
    assert len(limits) == 0
    assert caller.is_closing() is False


def caller_room(caller: Caller) -> str:
    return caller.connection.seats[0].room
