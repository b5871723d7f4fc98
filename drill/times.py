"""How late others were shown what was acked, and for how long nothing was: read from what clients wrote down."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from drill.history import Acked, History, Seen
from drill.row import Promise

FIRST_S: Final = 2.0


class Lags(NamedTuple):
    """From an ack until others were shown the event: 99 of 100 within `p99_s`, the first ones of a fault by `first_s`.

    None where nothing was acked.
    """

    p99_s: float | None
    first_s: float | None


def lags(histories: Sequence[History], began_s: float, ended_s: float) -> Lags:
    """Of a fault that lasted so long; its first events are those that were acked in its first two seconds."""
    during, first = _lags_s(histories, began_s, ended_s), _lags_s(histories, began_s, began_s + FIRST_S)
    p99_s = during[min(len(during) - 1, int(len(during) * 0.99))] if during else None
    return Lags(_rounded(p99_s), _rounded(first[-1] if first else None))


def too_late(promise: Promise, came: Lags) -> list[str]:
    """What was promised of them and not kept, a sentence each."""
    return [
        f"late: {what} reached others {lag_s:.2f} s after their ack; to reach: {most_s:.2f} s"
        for what, lag_s, most_s in (
            ("99 of 100 events", came.p99_s, promise.most_lag_s),
            ("the first events", came.first_s, promise.first_lag_s),
        )
        if lag_s is not None and most_s is not None and lag_s > most_s
    ]


def longest_silence_s(histories: Iterable[History], since_s: float, until_s: float) -> float:
    """For how long, of that time, nothing was acked."""
    acks = sorted(ack.at_s for history in histories for ack in history.of(Acked))
    moments = [since_s, *(at_s for at_s in acks if since_s < at_s < until_s), until_s]
    return max(later - earlier for earlier, later in pairwise(moments))


def _lags_s(histories: Sequence[History], since_s: float, until_s: float) -> list[float]:
    """From each ack in that time to when another client was shown the event, for every other client, sorted."""
    acks = {ack.id: ack.at_s for history in histories for ack in history.of(Acked)}
    return sorted(
        max(0.0, seen.at_s - acks[seen.id])
        for history in histories
        for seen in history.of(Seen)
        if seen.id in acks and since_s <= acks[seen.id] < until_s
    )


def _rounded(value_s: float | None) -> float | None:
    return None if value_s is None else round(value_s, 3)
