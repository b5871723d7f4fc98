"""How long an author waits until a post is on disk."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from bench.child import Child
from bench.figures import Figure
from bench.machine import busy_percent
from bench.paced import Paced, Place, exact_loop
from bench.sites import Site, Sites, open_cases

ROOMS: Final = 20
PER_S: Final = 100
WARM_S: Final = 2
SECONDS: Final = 20


def measure(sites: Sites) -> Iterator[Figure]:
    """The ack's spread on each database."""
    yield from _on("SQLite", sites.embedded(), at_most_ms=5)
    yield from _on("PostgreSQL", sites.postgres(), at_most_ms=10)


def _on(database: str, site: Site, at_most_ms: float) -> Iterator[Figure]:
    with site.node() as node:
        tokens = site.tokens("clinician", ROOMS)
        authors = [Place(node.port, token, room) for token, room in zip(tokens, open_cases(node, tokens), strict=True)]
        with Child(partial(Paced, authors), exact_loop) as client:
            client.ask(Paced.sit)
            client.ask(Paced.post, PER_S, WARM_S)
            busy_percent()
            result = client.ask(Paced.post, PER_S, SECONDS)
            busy = busy_percent()
    what = f"command to ack, {database}, {PER_S}/s over {ROOMS} rooms"
    yield Figure("acks", f"{what}: p50", result.acks.p50, "ms")
    yield Figure("acks", f"{what}: p99", result.acks.p99, "ms", at_most=at_most_ms)
    yield Figure("acks", f"{what}: p99.9", result.acks.p999, "ms")
    yield Figure("acks", f"{what}: max", result.acks.max, "ms")
    yield Figure("acks", "… the client's own lateness in that: p99", result.late.p99, "ms")
    yield Figure("acks", "… processors busy meanwhile, with everything", busy, "%")
