"""Many who write: all in one room, or each in a room of their own."""

from collections.abc import Iterator, Sequence
from typing import Final

from bench.failures import Failure
from bench.famous import post, seat
from bench.figures import Figure
from bench.load.answers import Latencies
from bench.load.load import Load
from bench.sites import Sites, open_cases

IN_ONE_ROOM: Final = 200
ROOMS: Final = 2_000
PER_S: Final = 200
WARM_S: Final = 2
SECONDS: Final = 15


def measure(sites: Sites) -> Iterator[Figure]:
    """The acks of both, at the same rate."""
    for what, acks in (
        (f"{IN_ONE_ROOM} writers in one room", _acks(sites, 1, IN_ONE_ROOM)),
        (f"{ROOMS:,} rooms with one writer each", _acks(sites, ROOMS, 1)),
    ):
        yield Figure("writers", f"{what}, {PER_S}/s: command to ack, p50", acks.p50, "ms")
        yield Figure("writers", f"{what}, {PER_S}/s: command to ack, p99", acks.p99, "ms", at_most=10)


def _acks(sites: Sites, rooms: int, in_each: int) -> Latencies:
    site = sites.embedded()
    with site.node() as node, Load() as load:
        presenters = site.tokens("clinician", rooms)
        opened = open_cases(node, presenters)
        people: Sequence[str] = (
            [*presenters, *site.tokens("physician", rooms * (in_each - 1))] if in_each > 1 else presenters
        )
        load.open("authors", len(people), seat(node.port, "{room}"), tokens=people, rooms=opened)
        load.post("authors", PER_S, WARM_S, post("{room}"))
        load.wait(1_000)
        load.acks("authors", reset=True)
        load.post("authors", PER_S, SECONDS, post("{room}"))
        load.wait(1_000)
        acked = load.acks("authors")
    if acked.latencies is None:
        raise Failure(f"nothing was acked: {acked.why}")
    return acked.latencies
