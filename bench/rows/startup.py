"""How long `curbside serve` takes from its launch until it is ready, once it is set up."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from bench.figures import Figure
from bench.sites import Sites

RUNS: Final = 5


def measure(sites: Sites) -> Iterator[Figure]:
    """The median of some runs on one database."""
    site = sites.embedded()
    taken_s: list[float] = []
    for _ in range(RUNS):
        with site.node() as node:
            taken_s.append(node.ready_s)
    yield Figure("startup", f"`curbside serve`: start to ready (median of {RUNS})", median(taken_s), "s", at_most=1.5)
