"""What becomes of the figures when there is more: flat is the aim."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bench.failures import Failure
from bench.famous import famous, post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.sites import FASTER, Sites, open_cases

SEATS: Final = (100, 1_000, 10_000)
ROOMS: Final = (10, 100, 1_000, 5_000)
EVENTS_PER_S: Final = 10
# Over all rooms together, so that only their number grows.
POSTS_PER_S: Final = 200
SECONDS: Final = 15


def measure(sites: Sites) -> Iterator[Figure]:
    """A room that fills, and a node with ever more rooms; each figure with how it grew."""
    costs = [_room(sites, seats) for seats in SEATS]
    yield from _grown("CPU a delivery", "viewers", SEATS, [cpu_us for cpu_us, _ in costs], "µs")
    yield from _grown("memory of an idle seat", "viewers", SEATS, [seat_kib for _, seat_kib in costs], "KiB")
    waits = [_rooms(sites, rooms) for rooms in ROOMS]
    yield from _grown("command to ack, p50", "rooms", ROOMS, [p50 for p50, _ in waits], "ms")
    yield from _grown("command to ack, p99", "rooms", ROOMS, [p99 for _, p99 in waits], "ms")


def _room(sites: Sites, seats: int) -> tuple[float, float]:
    with famous(sites, seats) as case:
        case.post(EVENTS_PER_S, 2)
        return case.post(EVENTS_PER_S, SECONDS).cpu_us, case.seat_kib


def _rooms(sites: Sites, rooms: int) -> tuple[float, float]:
    site = sites.embedded(**FASTER)
    with site.node() as node, Load() as load:
        tokens = site.tokens("clinician", rooms)
        load.open("authors", rooms, seat(node.port, "{room}"), tokens=tokens, rooms=open_cases(node, tokens))
        load.post("authors", POSTS_PER_S, 2, post("{room}"))
        load.wait(1_000)
        load.acks("authors", reset=True)
        load.post("authors", POSTS_PER_S, SECONDS, post("{room}"))
        load.wait(1_000)
        acked = load.acks("authors")
    if acked.latencies is None:
        raise Failure("nothing was acked")
    return acked.latencies.p50, acked.latencies.p99


def _grown(what: str, of: str, counts: Sequence[int], values: Sequence[float], unit: str) -> Iterator[Figure]:
    for count, value in zip(counts, values, strict=True):
        yield Figure("growth", f"{count:,} {of}: {what}", value, unit)
    for (fewer, was), (more, value) in pairwise(zip(counts, values, strict=True)):
        yield Figure("growth", f"… from {fewer:,} to {more:,} {of}, {what}: times", value / was, "")
