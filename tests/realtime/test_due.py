from realtime.due import LONGEST_DELAY_MS, Due
from realtime.rooms.case import ObserverSwitch

LIVE = ObserverSwitch("live", 0)
OFF = ObserverSwitch("off", 0)
MINUTE = ObserverSwitch("delayed", 60)
NOW = 2_000_000_000_000


def test_live_observers_see_the_head() -> None:
    due = Due([(1, NOW - 10), (2, NOW - 5)], LIVE, NOW)
    assert due.seq == 2
    due.push(3, NOW + 500)
    due.advance(LIVE, NOW)
    assert due.seq == 3


def test_delayed_observers_see_what_is_old_enough() -> None:
    due = Due([(1, NOW - 61_000), (2, NOW - 59_000)], MINUTE, NOW)
    assert due.seq == 1
    assert due.next_ms(MINUTE) == NOW + 1_000
    due.advance(MINUTE, NOW + 1_000)
    assert (due.seq, due.next_ms(MINUTE)) == (2, None)


def test_nothing_that_was_said_while_observers_were_off_is_shown_before_its_time() -> None:
    due = Due([(1, NOW - 1_000)], OFF, NOW)
    due.push(2, NOW)
    due.advance(OFF, NOW)
    assert (due.seq, due.next_ms(OFF)) == (0, None)
    due.advance(MINUTE, NOW + 59_000)
    assert due.seq == 1
    due.advance(MINUTE, NOW + 60_000)
    assert due.seq == 2


def test_a_longer_delay_takes_nothing_back() -> None:
    due = Due([(1, NOW - 5_000)], LIVE, NOW)
    due.push(2, NOW)
    due.advance(MINUTE, NOW)
    assert due.seq == 1


def test_what_is_older_than_any_delay_is_due_from_the_start() -> None:
    assert Due([(1, NOW - LONGEST_DELAY_MS)], OFF, NOW).seq == 1
