from web.signin.attempts import PER_ADDRESS, PER_HANDLE, WINDOW_S, Attempts


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_handle_may_be_tried_some_times_a_minute_from_anywhere() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    tries = [attempts.wait_s("ana", f"192.0.2.{number}") for number in range(PER_HANDLE)]
    assert tries == [0.0] * PER_HANDLE
    assert attempts.wait_s("Ana", "198.51.100.1") == WINDOW_S
    assert attempts.wait_s("ben", "198.51.100.1") == 0
    clock.now_s = WINDOW_S
    assert attempts.wait_s("ana", "198.51.100.1") == 0


def test_an_address_may_try_some_handles_a_minute() -> None:
    attempts = Attempts(Clock())
    for number in range(PER_ADDRESS):
        assert attempts.wait_s(f"person-{number}", "192.0.2.1") == 0
    assert attempts.wait_s("ana", "192.0.2.1") > 0
    assert attempts.wait_s("ana", "192.0.2.2") == 0


def test_a_network_of_ipv6_is_one_address() -> None:
    attempts = Attempts(Clock())
    for number in range(PER_ADDRESS):
        assert attempts.wait_s(f"person-{number}", f"2001:db8::{number:x}") == 0
    assert attempts.wait_s("ana", "2001:db8::ffff:1") > 0
    assert attempts.wait_s("ana", "2001:db8:0:1::1") == 0


def test_those_who_sign_in_rightly_are_never_stopped() -> None:
    attempts = Attempts(Clock())
    for _ in range(10 * PER_ADDRESS):
        assert attempts.wait_s("ana", "192.0.2.1") == 0
        attempts.succeeded("ana", "192.0.2.1")


def test_what_is_remembered_is_bounded() -> None:
    attempts = Attempts(Clock())
    for number in range(10_500):
        attempts.wait_s(f"person-{number}", f"address-{number}")
    assert len(attempts) <= 20_000
