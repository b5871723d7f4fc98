"""What the load generator answers: each command's answer as a value, and how it is read from JSON."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Latencies(NamedTuple):
    """Percentiles (nearest rank, to 1 %), in ms. `max` is exact."""

    p50: float
    p95: float
    p99: float
    p999: float
    max: float


class Opened(NamedTuple):
    """`ms`: for all of them. `why`: what the first that failed was told. `each`: from connecting to being ready."""

    ready: int
    failed: int
    ms: float
    why: str
    each: Latencies | None


class Posted(NamedTuple):
    """`unsent`: their connection was gone. `first`: the number of the first. `late_max_ms`: from planned to sent."""

    sent: int
    unsent: int
    first: int
    late_max_ms: float


class Counted(NamedTuple):
    """What came to the connections of a group.

    `connections`: still open. `stamps`: delivered, the `doubles` not counted. `holes`: expected numbers that did not
    come, summed over all connections. `lost`: closed by the server. `codes`: with which close codes; 1006 is none,
    1005 an empty close frame. `size_bytes`: as read, with frame heads. `latencies`: from planned to arrived.
    """

    connections: int
    messages: int
    stamps: int
    doubles: int
    holes: int
    lost: int
    codes: dict[int, int]
    size_bytes: int
    latencies: Latencies | None


class Acked(NamedTuple):
    """`errors`: error frames, the first of them `why`. `latencies`: from planned to acked."""

    acks: int
    errors: int
    why: str
    latencies: Latencies | None


class Asked(NamedTuple):
    """`asked`: also what could not be sent. `latencies`: from planned to answered."""

    asked: int
    answered: int
    latencies: Latencies | None


def _latencies(answer: Mapping[str, Any]) -> Latencies | None:
    return None if answer["max"] is None else Latencies(*(answer[name] for name in Latencies._fields))


def opened(answer: Mapping[str, Any]) -> Opened:
    """Of `open`."""
    return Opened(answer["ready"], answer["failed"], answer["ms"], answer["why"], _latencies(answer))


def dropped(answer: Mapping[str, Any]) -> int:
    """Of `drop`: how many."""
    return int(answer["dropped"])


def posted(answer: Mapping[str, Any]) -> Posted:
    """Of `post`."""
    return Posted(answer["sent"], answer["unsent"], answer["from"], answer["late_max_ms"])


def counted(answer: Mapping[str, Any]) -> Counted:
    """Of `count`."""
    return Counted(
        answer["connections"],
        answer["messages"],
        answer["stamps"],
        answer["doubles"],
        answer["holes"],
        answer["lost"],
        {int(code): count for code, count in answer["close_codes"].items()},
        answer["bytes"],
        _latencies(answer),
    )


def acked(answer: Mapping[str, Any]) -> Acked:
    """Of `acks`."""
    return Acked(answer["acks"], answer["errors"], answer["why"], _latencies(answer))


def asked(answer: Mapping[str, Any]) -> Asked:
    """Of `ask`."""
    return Asked(answer["asked"], answer["answered"], _latencies(answer))
