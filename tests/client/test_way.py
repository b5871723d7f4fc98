"""Which line is taken, on a clock that a test turns."""

from client.way import STREAMED_S, Way


class Turned:
    """A way, and the clock that it reads."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.way = Way(lambda: self.now_s)

    def fails(self, *, surely: bool = False) -> bool:
        """Whether the line after this failure is a stream."""
        self.way.choose()
        self.way.failed(surely=surely)
        return self.way.choose()


def test_a_websocket_is_tried_first_and_again_after_one_failure() -> None:
    turned = Turned()
    assert not turned.way.choose()
    assert not turned.fails()
    assert turned.fails()


def test_what_is_surely_the_networks_doing_needs_no_second_try() -> None:
    assert Turned().fails(surely=True)


def test_failures_with_a_greeting_between_them_are_no_pattern() -> None:
    turned = Turned()
    turned.fails()
    turned.way.greeted()
    assert not turned.fails()


def test_a_stream_that_fails_too_gives_way_to_a_websocket_and_that_to_a_stream() -> None:
    turned = Turned()
    turned.fails(surely=True)
    assert not turned.fails()
    assert turned.fails()


def test_after_a_while_a_websocket_is_tried_again() -> None:
    turned = Turned()
    turned.fails(surely=True)
    turned.now_s = STREAMED_S
    assert not turned.way.choose()
