from client.backoff import Backoff


def longest(low: float, high: float) -> float:
    assert low == 0.0
    return high


def test_bound_doubles_up_to_the_cap() -> None:
    backoff = Backoff(base_s=0.5, cap_s=30.0, draw=longest)
    assert [backoff.delay_s() for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_delay_is_drawn_from_the_whole_range() -> None:
    assert Backoff(draw=lambda low, high: low).delay_s() == 0.0


def test_after_a_reset_the_next_loss_is_a_first_one() -> None:
    backoff = Backoff(base_s=0.5, draw=longest)
    backoff.delay_s()
    backoff.delay_s()
    backoff.reset()
    assert backoff.delay_s() == 0.5


def test_ten_thousand_tries_stay_at_the_cap() -> None:
    backoff = Backoff(cap_s=30.0, draw=longest)
    assert {backoff.delay_s() for _ in range(10_000)} <= {0.5, 1, 2, 4, 8, 16, 30}
