"""How long an author waits until a post is on disk."""

from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.machine import busy_percent
from bench.sites import Site, Sites, open_cases

ROOMS: Final = 100
PER_S: Final = 500
WARM_S: Final = 2


def measure(sites: Sites) -> Iterator[Figure]:
    """The ack's spread on each database."""
    seconds = 4 if sites.quick else 30
    yield from _on("SQLite", sites.embedded(), 5, seconds)
    if not sites.quick:
        yield from _on("PostgreSQL", sites.postgres(), 10, seconds)


def _on(database: str, site: Site, at_most_ms: float, seconds: float) -> Iterator[Figure]:
    with site.node() as node, Load() as load:
        tokens = site.tokens("clinician", ROOMS)
        load.open("authors", ROOMS, seat(node.port, "{room}"), tokens=tokens, rooms=open_cases(node, tokens))
        load.post("authors", PER_S, WARM_S, post("{room}"))
        load.wait(1_000)
        load.acks("authors", reset=True)
        busy_percent()
        posted = load.post("authors", PER_S, seconds, post("{room}"))
        busy = busy_percent()
        load.wait(1_000)
        acked = load.acks("authors")
    if acked.acks != posted.sent or acked.latencies is None:
        raise Failure(f"{acked.acks} of {posted.sent} posts were acked; {acked.why or 'none was refused'}")
    what = f"command to ack, {database}, {PER_S}/s over {ROOMS} rooms"
    yield Figure("acks", f"{what}: p50", acked.latencies.p50, "ms")
    yield Figure("acks", f"{what}: p99", acked.latencies.p99, "ms", at_most=at_most_ms)
    yield Figure("acks", f"{what}: p99.9", acked.latencies.p999, "ms")
    yield Figure("acks", f"{what}: max", acked.latencies.max, "ms")
    yield Figure("acks", "… the client's own lateness in that: max", posted.late_max_ms, "ms")
    yield Figure("acks", "… processors busy meanwhile, with everything", busy, "%")
