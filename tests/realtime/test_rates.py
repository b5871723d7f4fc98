from realtime.rates import LONGEST_WAIT_S, PATIENCE_S, Bucket, Pace


def test_a_burst_passes_then_one_waits() -> None:
    pace = Pace(5, 10, 0.0)
    assert [pace.wait_ms(0.0) for _ in range(10)] == [0] * 10
    assert pace.wait_ms(0.0) == 200
    assert pace.wait_ms(0.3) == 0


def test_what_costs_less_passes_more_often() -> None:
    bucket = Bucket(1, 2, 0.0)
    assert [bucket.take(0.0, 0.25) for _ in range(9)] == [True] * 8 + [False]
    assert bucket.lacks_s(1.0) == 1.0
    bucket.give_back(1.0)
    assert bucket.take(0.0, 1.0)


def test_those_who_wait_are_each_given_a_time_of_their_own() -> None:
    pace = Pace(10, 1, 0.0)
    assert pace.wait_ms(0.0) == 0
    waits = [pace.wait_ms(0.0) for _ in range(4)]
    assert waits == [100, 200, 300, 400]
    assert [pace.wait_ms(wait / 1_000) for wait in waits] == [0] * 4


def test_no_wait_is_longer_than_some_seconds() -> None:
    pace = Pace(10, 1, 0.0)
    assert max(pace.wait_ms(0.0) for _ in range(1_000)) == LONGEST_WAIT_S * 1_000


def test_who_waits_when_told_to_is_never_refused_too_often() -> None:
    pace, now_s, waited = Pace(10, 10, 0.0), 0.0, 0
    for _ in range(3_000):
        wait_ms = pace.wait_ms(now_s)
        waited += wait_ms > 0
        now_s += wait_ms / 1_000
        assert not pace.too_often
    assert waited > 1_000


def test_who_does_not_wait_is_refused_too_often_though_some_pass() -> None:
    pace, passed = Pace(10, 10, 0.0), 0
    for hundredth in range(300):
        passed += pace.wait_ms(hundredth / 100) == 0
    assert passed > 30 and pace.too_often


def test_so_many_refusals_at_once_are_borne() -> None:
    pace = Pace(1, 1, 0.0)
    assert pace.wait_ms(0.0) == 0
    for _ in range(round(PATIENCE_S)):
        pace.wait_ms(0.0)
        assert not pace.too_often
    pace.wait_ms(0.0)
    assert pace.too_often


def test_it_is_idle_once_nothing_is_missing() -> None:
    pace = Pace(1, 1, 0.0)
    assert pace.idle(0.0)
    pace.wait_ms(0.0)
    pace.wait_ms(0.0)
    assert not pace.idle(0.5) and pace.idle(1.0)


def test_who_waited_after_all_is_refused_too_often_no_more() -> None:
    pace = Pace(1, 1, 0.0)
    for _ in range(round(PATIENCE_S) + 2):
        pace.wait_ms(0.0)
    assert pace.too_often
    assert pace.wait_ms(LONGEST_WAIT_S) == 0 and not pace.too_often
