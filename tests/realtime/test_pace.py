"""Rounds take a share of the time, whatever the machine."""

import pytest

from realtime.pace import HEAD_START_S, MOST_APART_S, SHARE, Pace


def rounds(pace: Pace, took_s: float, count: int, now_s: float = 100.0) -> float:
    """Let `count` rounds follow each other as closely as they may; how far apart the last two began."""
    began_s = now_s
    for _ in range(count):
        apart_s = now_s - began_s
        began_s = now_s
        pace.begun(now_s)
        pace.ended(took_s)
        now_s += took_s
        now_s += pace.wait_s(now_s)
    return apart_s


@pytest.mark.parametrize("took_s", [0.01, 0.03, 0.1])
def test_rounds_that_take_long_take_their_share_of_the_time_and_no_more(took_s: float) -> None:
    assert rounds(Pace(), took_s, 200) == pytest.approx(took_s / SHARE)


def test_a_short_round_leaves_contributors_their_head_start() -> None:
    assert rounds(Pace(), 0.001, 200) == pytest.approx(0.001 + HEAD_START_S)


def test_after_a_quiet_time_a_round_begins_after_the_head_start() -> None:
    pace = Pace()
    rounds(pace, 0.05, 100, now_s=100.0)
    assert pace.wait_s(1_000.0) == HEAD_START_S


def test_a_round_that_was_held_up_does_not_delay_the_next_by_its_length() -> None:
    pace = Pace()
    rounds(pace, 0.01, 200)
    pace.begun(500.0)
    pace.ended(0.1)
    assert pace.wait_s(500.0) < 0.03


def test_rounds_are_never_further_apart_than_a_quarter_of_a_second() -> None:
    pace = Pace()
    for _ in range(100):
        pace.begun(500.0)
        pace.ended(2.0)
    assert pace.wait_s(500.0) == MOST_APART_S
