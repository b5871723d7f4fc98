"""What a room notices of one person who floods it."""

from collections.abc import Iterator
from functools import partial
from statistics import median
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
# By turns, so that what else the machine does is in both.
ROUNDS: Final = 3
SECONDS: Final = 10


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
        calm, meanwhile, cpu_s = [], [], [0.0, 0.0]
        with Child(partial(Flood, Place(node.port, flooder, room), FLOOD_PER_S), exact_loop) as flood:
            for _ in range(ROUNDS):
                begun_s = node.cpu_s()
                calm.append(_told(load, load.post("others", PER_S, SECONDS, post(room))))
                calm_s = node.cpu_s()
                posting = load.posting("others", PER_S, SECONDS, post(room))
                flooded = flood.ask(Flood.run, SECONDS)
                meanwhile.append(_told(load, posting.result()))
                cpu_s = [cpu_s[0] + calm_s - begun_s, cpu_s[1] + node.cpu_s() - calm_s]
    yield from _figures(calm, meanwhile, flooded)
    for when, spent_s in zip(("before", "meanwhile"), cpu_s, strict=True):
        yield Figure("flood", f"… of a processor the server takes, {when}", 100 * spent_s / (ROUNDS * SECONDS), "%")


def _told(load: Load, posted: Posted) -> Latencies:
    load.wait(1_000)
    told = load.count("others", expect=posted.sent, first=posted.first, reset=True)
    if told.holes or told.doubles or told.lost or told.latencies is None:
        raise Failure(f"others: {told.holes} holes, {told.doubles} doubles, {told.lost} connections lost")
    return told.latencies


def _figures(calm: list[Latencies], meanwhile: list[Latencies], flooded: Flooded) -> Iterator[Figure]:
    before_ms, p99_ms = (median(told.p99 for told in rounds) for rounds in (calm, meanwhile))
    what = f"{CONTRIBUTORS} post {PER_S}/s, one more floods their room with {FLOOD_PER_S:,}/s"
    yield Figure("flood", f"{what}: p99, before", before_ms, "ms")
    yield Figure("flood", "… post to contributor: p99, meanwhile", p99_ms, "ms")
    yield Figure("flood", "… of that added by the flood", p99_ms - before_ms, "ms", at_most=2)
    yield Figure("flood", "… post to contributor: max, meanwhile", max(told.max for told in meanwhile), "ms")
    yield Figure("flood", "… of the flood sent", flooded.sent, "posts")
    yield Figure("flood", "… of the flood acked", flooded.acked, "posts")
    yield Figure("flood", "… of the flood told to wait", flooded.limited, "posts")
    yield Figure("flood", "… the flood was hung up on, or not let in", flooded.ended, "times")
