"""How many events a second one node commits before its authors wait twice as long."""

from collections.abc import Iterator
from typing import Final

from bench.famous import post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.sites import Site, Sites, open_cases

ROOMS: Final = 1_000
SECONDS: Final = 5
# Each is tried until the median of the acks has doubled from the first, or not all were acked.
STEPS_PER_S: Final = (1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000)
SETTLE_MS: Final = 1_500


def measure(sites: Sites) -> Iterator[Figure]:
    """For each database."""
    yield _on("SQLite", sites.embedded(), 5_000)
    yield _on("PostgreSQL", sites.postgres(), 3_000)


def _on(database: str, site: Site, at_least: float) -> Figure:
    with site.node() as node, Load() as load:
        tokens = site.tokens("clinician", ROOMS)
        load.open("authors", ROOMS, seat(node.port, "{room}"), tokens=tokens, rooms=open_cases(node, tokens))
        most = 0.0
        first_p50 = 0.0
        for per_s in STEPS_PER_S:
            load.acks("authors", reset=True)
            posted = load.post("authors", per_s, SECONDS, post("{room}"))
            load.wait(SETTLE_MS)
            acked = load.acks("authors")
            if acked.latencies is None or acked.acks < posted.sent:
                break
            first_p50 = first_p50 or acked.latencies.p50
            if acked.latencies.p50 > 2 * max(first_p50, 1.0):
                break
            most = per_s
    return Figure(
        "throughput",
        f"committed events, {database}, {ROOMS:,} rooms, before acks take twice as long",
        most,
        "/s",
        at_least=at_least,
    )
