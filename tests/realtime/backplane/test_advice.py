import pytest

from realtime.backplane.advice import HARD_BYTES, SOFT_BYTES, Limits, advice, limits
from realtime.backplane.line import ErrorReply

NAME = b"client-output-buffer-limit"
USUAL = Limits(33_554_432, 8_388_608, 60)


def test_the_limits_of_subscribers_are_read_among_the_others() -> None:
    text = b"normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60"
    assert limits([NAME, text]) == USUAL


@pytest.mark.parametrize(
    "reply",
    [ErrorReply("NOPERM"), None, [], [NAME], [NAME, None], [NAME, b""], [NAME, b"pubsub 1 2"], [NAME, b"pubsub a b c"]],
)
def test_a_server_that_does_not_say_is_not_guessed_at(reply: object) -> None:
    assert limits(reply) is None


@pytest.mark.parametrize("found", [USUAL, Limits(0, 0, 0), Limits(HARD_BYTES, 0, 0), Limits(0, SOFT_BYTES, 60)])
def test_what_is_usual_is_safe(found: Limits) -> None:
    assert advice(found) == []


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (USUAL._replace(hard_bytes=HARD_BYTES - 1), "33554431 bytes wait"),
        (USUAL._replace(soft_bytes=1_048_576), "1048576 bytes have waited for 60 s"),
        (USUAL._replace(soft_s=5), "8388608 bytes have waited for 5 s"),
    ],
)
def test_what_is_too_small_is_said_in_one_sentence_with_its_fix(found: Limits, named: str) -> None:
    [sentence] = advice(found)
    assert named in sentence
    assert sentence.endswith("set client-output-buffer-limit to `pubsub 32mb 8mb 60` or more.")
