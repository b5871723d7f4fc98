"""What it costs to tell one event to one of a thousand viewers."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Final

import uvloop

from bench.child import Child
from bench.crowd import Count, Crowd
from bench.failures import Failure
from bench.figures import Figure
from bench.paced import Paced, Place, exact_loop
from bench.sites import Sites, open_cases

VIEWERS: Final = 1_000
PER_S: Final = 20
WARM_S: Final = 1
SECONDS: Final = 10
# What is still under way when the last ack is in.
SETTLE_S: Final = 1.0


def measure(sites: Sites) -> Iterator[Figure]:
    """The server's CPU a delivery, and how much arrived."""
    site = sites.embedded()
    with site.node() as node:
        (author,) = site.tokens("clinician", 1)
        (room,) = open_cases(node, [author])
        with (
            Child(partial(Crowd, node.port, room, "follow"), uvloop.new_event_loop) as crowd,
            Child(partial(Paced, [Place(node.port, author, room)]), exact_loop) as client,
        ):
            crowd.ask(Crowd.seat, site.tokens("physician", VIEWERS))
            client.ask(Paced.sit)
            _posted(client, crowd, WARM_S)
            cpu_s = node.cpu_s()
            count = _posted(client, crowd, SECONDS)
            cpu_s = node.cpu_s() - cpu_s
    share = 100 * count.delivered / (VIEWERS * PER_S * SECONDS)
    if count.spread is None:
        raise Failure("nothing was delivered")
    if count.holes or count.lost:
        raise Failure(f"{count.holes} holes, {count.lost} connections lost")
    what = f"{VIEWERS:,} viewers, {PER_S}/s of 300 characters"
    yield Figure("fanout", f"{what}: CPU a delivery", 1e6 * cpu_s / count.delivered, "µs")
    yield Figure("fanout", f"{what}: delivered", share, "%", at_least=100)
    yield Figure("fanout", f"{what}: command to arrival, p50", count.spread.p50, "ms")
    yield Figure("fanout", f"{what}: command to arrival, p99", count.spread.p99, "ms")


def _posted(client: Child[Paced], crowd: Child[Crowd], seconds: float) -> Count:
    client.ask(Paced.post, PER_S, seconds)
    time.sleep(SETTLE_S)
    return crowd.ask(Crowd.count)
