"""Lags and silences, as they are read from what clients wrote down."""

from drill.history import Acked, History, Seen
from drill.row import Promise
from drill.times import Lags, lags, longest_silence_s, too_late

PROMISE = Promise("F0", "a fault", most_lag_s=0.5, first_lag_s=3.5)


def consult(*acked_and_shown_s: tuple[float, float]) -> list[History]:
    """An author whose posts were acked, and a reader who was shown them, at these times."""
    author, reader = History("ana"), History("ben")
    for number, (acked_s, shown_s) in enumerate(acked_and_shown_s, start=1):
        author.entries.append(Acked(acked_s, f"a{number}", number))
        reader.entries.append(Seen(shown_s, number, f"a{number}", ""))
    return [author, reader]


def test_the_longest_lag_of_the_first_two_seconds_is_counted_apart() -> None:
    histories = consult((10.0, 12.5), *((12.0 + n / 100, 12.1 + n / 100) for n in range(200)))
    assert lags(histories, 10.0, 20.0) == Lags(p99_s=0.1, first_s=2.5)


def test_what_was_acked_before_or_after_a_fault_is_not_its_lag() -> None:
    assert lags(consult((9.9, 19.0), (20.0, 29.0)), 10.0, 20.0) == Lags(None, None)


def test_what_came_too_late_is_said_of_the_first_events_and_of_all() -> None:
    assert too_late(PROMISE, Lags(0.4, 3.4)) == too_late(PROMISE, Lags(None, None)) == []
    first, later = too_late(PROMISE, Lags(0.6, 3.6))
    assert "99 of 100 events reached others 0.60 s" in first and "the first events reached others 3.60 s" in later


def test_a_silence_is_also_counted_from_the_beginning_and_to_the_end() -> None:
    histories = consult((11.0, 11.0), (12.0, 12.0))
    assert longest_silence_s(histories, 10.0, 13.5) == 1.5
    assert longest_silence_s(histories, 5.0, 12.5) == 6.0
    assert longest_silence_s([], 0.0, 7.0) == 7.0
