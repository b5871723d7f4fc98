"""How much the load generator itself reads: the other figures are the servers' only where this is far above them."""

from collections.abc import Iterator

from bench.figures import Figure
from bench.load.selftest import readers_per_s
from bench.sites import Sites


def measure(sites: Sites) -> Iterator[Figure]:
    """Against a sender that writes eight frames a call."""
    yield Figure("reading", "the load generator reads messages of 300 bytes", readers_per_s(), "/s", at_least=300_000)
