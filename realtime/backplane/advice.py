"""Settings of a Redis under which nodes lose messages without need: which ones, and what to set."""

from typing import Any, Final, NamedTuple

from realtime.backplane.outbox import MOST_BYTES

QUESTION: Final = (b"CONFIG", b"GET", b"client-output-buffer-limit")
# One payload may have all of MOST_BYTES, and another one may be under way.
HARD_BYTES: Final = 2 * MOST_BYTES
SOFT_BYTES: Final = 8 * 1_024 * 1_024
SOFT_S: Final = 60
FIX: Final = "set client-output-buffer-limit to `pubsub 32mb 8mb 60` or more"


class Limits(NamedTuple):
    """When a Redis drops a subscriber for whom messages wait: at `hard_bytes`, or at `soft_bytes` for `soft_s`.

    A limit of 0 bytes is none.
    """

    hard_bytes: int
    soft_bytes: int
    soft_s: int


def limits(reply: Any) -> Limits | None:
    """What a server answered to `QUESTION`; None where it does not say: an ACL need not allow the question."""
    match reply:
        case [_, bytes(text)]:
            words = text.split()
        case _:
            return None
    try:
        start = words.index(b"pubsub") + 1
        return Limits(*map(int, words[start : start + 3]))
    except (TypeError, ValueError):
        return None


def advice(found: Limits) -> list[str]:
    """A sentence for each limit that is unsafe."""
    sentences = []
    if 0 < found.hard_bytes < HARD_BYTES:
        sentences.append(f"Redis drops a node for which {found.hard_bytes} bytes wait: {FIX}.")
    if 0 < found.soft_bytes and (found.soft_bytes < SOFT_BYTES or found.soft_s < SOFT_S):
        long = f"{found.soft_bytes} bytes have waited for {found.soft_s} s"
        sentences.append(f"Redis drops a node for which {long}: {FIX}.")
    return sentences
