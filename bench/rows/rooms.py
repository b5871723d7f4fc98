"""Many live rooms with few people in each, on one node."""

from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.sites import Sites, open_cases

ROOMS: Final = 2_000
IN_EACH: Final = 5
EVERY_S: Final = 2
IDLE_ROOMS: Final = 2_000


def measure(sites: Sites) -> Iterator[Figure]:
    """2,000 rooms of 5, an event every two seconds in each; then what a room costs in which nobody is."""
    seconds = 30
    site = sites.embedded()
    with site.node() as node, Load() as authors, Load() as readers:
        tokens = site.tokens("clinician", ROOMS)
        opened = open_cases(node, tokens)
        authors.open("authors", ROOMS, seat(node.port, "{room}"), tokens=tokens, rooms=opened)
        people = site.tokens("physician", ROOMS * (IN_EACH - 1))
        readers.open("readers", len(people), seat(node.port, "{room}"), tokens=people, rooms=opened, within_s=120)
        authors.post("authors", ROOMS / EVERY_S, 3, post("{room}"))
        readers.wait(2_000)
        readers.count("readers", reset=True)
        authors.acks("authors", reset=True)
        posted = authors.post("authors", ROOMS / EVERY_S, seconds, post("{room}"))
        readers.wait(1_000)
        acked, told = authors.acks("authors"), readers.count("readers")
    if acked.latencies is None or told.latencies is None:
        raise Failure("nothing was delivered")
    what = f"{ROOMS * IN_EACH:,} seats in {ROOMS:,} rooms, an event every {EVERY_S} s in each"
    shed = posted.sent * (IN_EACH - 1) - told.stamps
    yield Figure("rooms", f"{what}: not delivered", shed, "", at_most=0)
    yield Figure("rooms", f"{what}: post to arrival, p50", told.latencies.p50, "ms")
    yield Figure("rooms", f"{what}: post to arrival, p99", told.latencies.p99, "ms", at_most=20)
    yield Figure("rooms", f"{what}: command to ack, p99", acked.latencies.p99, "ms")
