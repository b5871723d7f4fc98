"""What a room notices of one person who floods it."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from bench.child import Child
from bench.failures import Failure
from bench.famous import CONTRIBUTORS, post, seat
from bench.figures import Figure
from bench.flooding import Flood, Flooded
from bench.load.answers import Latencies, Posted
from bench.load.load import Load
from bench.paced import Place, exact_loop
from bench.sites import Sites, open_cases

PER_S: Final = 50
FLOOD_PER_S: Final = 2_000
WARM_S: Final = 3
SECONDS: Final = 30


def measure(sites: Sites) -> Iterator[Figure]:
    """The others' latency without and with a flood of posts into their room, under the limits that are the default."""
    site = sites.embedded()
    with site.node() as node, Load() as load:
        presenter, flooder, *others = site.tokens("clinician", 1) + site.tokens("physician", CONTRIBUTORS)
        (room,) = open_cases(node, [presenter])
        load.open("others", CONTRIBUTORS, seat(node.port, room), tokens=[presenter, *others])
        load.post("others", PER_S, WARM_S, post(room))
        load.wait(1_000)
        load.count("others", reset=True)
        calm = _told(load, load.post("others", PER_S, SECONDS, post(room)))
        with Child(partial(Flood, Place(node.port, flooder, room), FLOOD_PER_S), exact_loop) as flood:
            posting = load.posting("others", PER_S, SECONDS, post(room))
            flooded = flood.ask(Flood.run, SECONDS)
            meanwhile = _told(load, posting.result())
    yield from _figures(calm, meanwhile, flooded)


def _told(load: Load, posted: Posted) -> Latencies:
    load.wait(1_000)
    told = load.count("others", expect=posted.sent, first=posted.first, reset=True)
    if told.holes or told.doubles or told.lost or told.latencies is None:
        raise Failure(f"others: {told.holes} holes, {told.doubles} doubles, {told.lost} connections lost")
    return told.latencies


def _figures(calm: Latencies, meanwhile: Latencies, flooded: Flooded) -> Iterator[Figure]:
    what = f"{CONTRIBUTORS} post {PER_S}/s, one more floods their room with {FLOOD_PER_S:,}/s"
    yield Figure("flood", f"{what}: p99, before", calm.p99, "ms")
    yield Figure("flood", "… post to contributor: p99, meanwhile", meanwhile.p99, "ms")
    yield Figure("flood", "… of that added by the flood", meanwhile.p99 - calm.p99, "ms", at_most=2)
    yield Figure("flood", "… post to contributor: max, meanwhile", meanwhile.max, "ms")
    yield Figure("flood", "… of the flood on record", flooded.acked, "posts")
    yield Figure("flood", "… of the flood told to wait", flooded.limited, "posts")
    yield Figure("flood", "… the flood was hung up on, or not let in", flooded.ended, "times")
