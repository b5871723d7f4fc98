"""Everybody's line breaks at once, and everybody comes back at once."""

from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import VIEWERS, famous, post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.sites import Sites, open_cases

PER_S: Final = 50
OTHERS: Final = 10
MISSED_S: Final = 0.5
CALM_S: Final = 5
WITHIN_S: Final = 60


def measure(sites: Sites) -> Iterator[Figure]:
    """How long until all are back and complete, and what the people of other rooms notice of it."""
    with famous(sites) as case, Load() as others:
        tokens = case.site.tokens("clinician", OTHERS)
        rooms = open_cases(case.node, tokens)
        others.open("others", OTHERS, seat(case.node.port, "{room}"), tokens=tokens, rooms=rooms)
        case.contributors.post("contributors", PER_S, 1, post(case.room))
        others.post("others", PER_S, CALM_S, post("{room}"))
        calm = others.acks("others", reset=True).latencies
        case.readers.drop("viewers")
        missed = case.contributors.post("contributors", PER_S, MISSED_S, post(case.room))
        cpu_s = case.node.cpu_s()
        posting = others.posting("others", PER_S, CALM_S, post("{room}"))
        back = case.readers.open(
            "viewers",
            VIEWERS,
            seat(case.node.port, case.room, "follow", resume=True),
            tokens=case.viewers,
            at_once=VIEWERS,
            within_s=WITHIN_S,
        )
        cpu_s = case.node.cpu_s() - cpu_s
        late_ms = posting.result().late_max_ms
        stormy = others.acks("others", reset=True).latencies
        complete = case.readers.count("viewers", expect=missed.sent, first=missed.first)
    if calm is None or stormy is None:
        raise Failure("nobody in the other rooms was answered")
    if complete.holes or complete.doubles:
        raise Failure(f"those who came back have {complete.holes} holes and {complete.doubles} doubles")
    what = f"{VIEWERS:,} seats come back at once and resume"
    yield Figure("storm", f"{what}: all are back", back.ms / 1_000, "s", at_most=4, aim=2)
    yield Figure("storm", "… the server's CPU for it", cpu_s, "s")
    yield Figure("storm", f"… command to ack in other rooms, {PER_S}/s: p99, before", calm.p99, "ms")
    yield Figure("storm", f"… command to ack in other rooms, {PER_S}/s: p99, meanwhile", stormy.p99, "ms", at_most=8)
    yield Figure("storm", f"… command to ack in other rooms, {PER_S}/s: max, meanwhile", stormy.max, "ms")
    yield Figure("storm", "… the posting client's own lateness in that: max", late_ms, "ms")
