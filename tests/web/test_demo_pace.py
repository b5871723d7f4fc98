"""When the play goes on, by clocks that are arguments."""

import asyncio

from web.demo.attention import ALONE_S, Attention
from web.demo.pace import Pace


class Hand:
    """A clock's hand that tests move."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def test_the_play_s_time_goes_by_only_while_it_runs() -> None:
    hand = Hand()
    pace = Pace(2.0, hand)
    hand.now_s += 5
    assert (pace.runs, pace.at_s) == (False, 0.0)
    pace.run(True)
    hand.now_s += 3
    assert (pace.runs, pace.at_s) == (True, 6.0)
    pace.run(True)
    pace.run(False)
    hand.now_s += 100
    assert pace.at_s == 6.0
    pace.run(True)
    hand.now_s += 1
    assert pace.at_s == 8.0


async def test_a_cue_is_reached_when_its_time_has_come_and_never_while_the_play_stands() -> None:
    hand = Hand()
    pace = Pace(1.0, hand)
    reached = asyncio.create_task(pace.reach(10.0))
    pace.run(True)
    hand.now_s += 20
    pace.run(False)
    await asyncio.sleep(0)
    assert not reached.done()
    pace.run(True)
    await asyncio.wait_for(reached, 1)


async def test_a_cue_is_waited_for() -> None:
    pace = Pace(1_000.0)
    pace.run(True)
    await pace.reach(5.0)
    assert pace.at_s >= 5.0


def test_nothing_is_played_to_nobody() -> None:
    assert not Attention().plays(0.0)


def test_it_plays_while_somebody_is_there_and_a_little_longer() -> None:
    attention = Attention()
    attention.seen(100.0)
    assert attention.plays(100.0)
    assert attention.plays(100.0 + ALONE_S - 0.1)
    assert not attention.plays(100.0 + ALONE_S)
    attention.seen(200.0)
    assert attention.plays(200.0)


def test_what_was_told_to_stand_stands_whoever_is_there_until_told() -> None:
    attention = Attention()
    attention.told(False, 0.0)
    attention.seen(1.0)
    assert (attention.held, attention.plays(1.0)) == (True, False)
    attention.told(True, 2.0)
    assert (attention.held, attention.plays(2.0)) == (False, True)


def test_what_was_told_to_play_plays_for_a_while_though_nobody_is_in_the_room() -> None:
    attention = Attention()
    attention.told(True, 50.0)
    assert attention.plays(50.0)
    assert not attention.plays(50.0 + ALONE_S)
