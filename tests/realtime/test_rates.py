from realtime.rates import PATIENCE_S, Bucket


def test_a_burst_passes_then_one_waits() -> None:
    bucket = Bucket(5, 0.0)
    assert [bucket.take(0.0) for _ in range(10)] == [0] * 10
    assert bucket.take(0.0) == 200
    assert bucket.take(0.3) == 0


def test_only_one_who_stays_over_the_limit_runs_out_of_patience() -> None:
    bucket = Bucket(1, 0.0)
    for tenth in range(round(10 * PATIENCE_S) + 30):
        bucket.take(tenth / 10 if tenth < 20 else 2.0)
    assert not bucket.out_of_patience(2.0)
    assert bucket.out_of_patience(PATIENCE_S + 3.0)
    assert bucket.take(PATIENCE_S + 4.0) == 0
    assert not bucket.out_of_patience(PATIENCE_S + 4.0)
