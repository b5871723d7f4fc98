"""The time of day against a clock that never jumps, and what observers are shown when somebody sets it."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from realtime.rooms.opening import SwitchRequest
from realtime.wall import Wall
from tests.builders import cleo, obi
from tests.live import LiveNode, site

HOUR_MS = 3_600_000
NOW = time.time_ns() // 1_000_000


class Clocks:
    """A time of day and a steady clock that a test moves."""

    def __init__(self) -> None:
        self.wall_ms = NOW
        self.steady_ms = 5_000

    def wall(self) -> Wall:
        return Wall(lambda: self.wall_ms, lambda: self.steady_ms)

    def pass_ms(self, ms: int) -> None:
        self.wall_ms += ms
        self.steady_ms += ms


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
async def node(tmp_path: Path, clocks: Clocks) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        node = await made.node()
        node.hub.node.wall = clocks.wall()
        yield node


def test_a_careful_time_is_never_ahead_of_either_clock(clocks: Clocks) -> None:
    wall = clocks.wall()
    clocks.pass_ms(1_000)
    assert wall.careful_ms() == NOW + 1_000
    clocks.wall_ms += 2 * HOUR_MS
    assert wall.careful_ms() == NOW + 1_000
    clocks.wall_ms -= 4 * HOUR_MS
    assert wall.careful_ms() == NOW + 1_000 - 2 * HOUR_MS


def test_a_jump_is_told_once_and_the_passing_of_time_is_none(clocks: Clocks) -> None:
    wall = clocks.wall()
    clocks.pass_ms(HOUR_MS)
    assert wall.jumped_ms() == 0
    clocks.wall_ms += 999
    assert wall.jumped_ms() == 0
    clocks.wall_ms -= 2 * HOUR_MS
    assert (wall.jumped_ms(), wall.jumped_ms()) == (-2 * HOUR_MS, 0)


def test_what_lies_ahead_of_us_is_now_on_the_steady_clock(clocks: Clocks) -> None:
    wall = clocks.wall()
    assert wall.steadied([(1, NOW - 3_000), (2, NOW), (3, NOW + HOUR_MS)]) == [(1, 2_000), (2, 5_000), (3, 5_000)]
    clocks.wall_ms += 2 * HOUR_MS
    assert wall.steadied([(1, NOW - 3_000)]) == [(1, 2_000)]


@pytest.mark.parametrize("jump_ms", [-2 * HOUR_MS, 2 * HOUR_MS])
async def test_a_clock_that_jumps_shows_delayed_observers_nothing_early_or_late(
    node: LiveNode, clocks: Clocks, jump_ms: int
) -> None:
    room = await node.open(observers=SwitchRequest("delayed", 60))
    author = await node.seated(cleo, room)
    host = node.hub.live(room)
    assert host is not None
    clocks.wall_ms += jump_ms
    author.send("post", id="p1", room=room, text="Noted.")
    await author.next("ack")
    assert host.due_seq() == 0
    clocks.pass_ms(59_999)
    assert host.due_seq() == 0
    clocks.wall_ms -= jump_ms
    clocks.pass_ms(1)
    assert host.due_seq() == 2


async def test_a_room_that_is_opened_after_the_clock_was_set_ahead_is_no_older(node: LiveNode, clocks: Clocks) -> None:
    room = await node.open(observers=SwitchRequest("delayed", 600))
    clocks.wall_ms += 2 * HOUR_MS
    observer = node.call(obi)
    observer.send("join", id="j1", room=room)
    assert (await observer.next("error"))["code"] == "not_found"
