"""Four nodes write to one room at once, and what the quiet rooms beside it notice of that."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Final

from bench.child import Child
from bench.closed import Closed
from bench.failures import Failure
from bench.famous import post, seat
from bench.figures import Figure
from bench.load.answers import Latencies
from bench.load.load import Load
from bench.machine import busy_percent
from bench.node import Node
from bench.paced import Place, exact_loop
from bench.sites import FASTER, Site, Sites, open_cases

NODES: Final = 4
WRITERS: Final = 200
PER_S: Final = 100
QUIET_ROOMS: Final = 500
QUIET_PER_S: Final = 20
WARM_S: Final = 2
SECONDS: Final = 10
CLOSED_S: Final = 6


def measure(sites: Sites) -> Iterator[Figure]:
    """An open loop of 100 events a second, with and without the quiet rooms; then as many as the room takes."""
    with ExitStack() as stack:
        site = sites.shared(**FASTER)
        nodes = [stack.enter_context(site.node()) for _ in range(NODES)]
        people = site.tokens("physician", WRITERS)
        (room,) = open_cases(nodes[0], site.tokens("clinician", 1))
        with Load() as load:
            _seat_writers(load, nodes, people, room)
            _seat_quiet(load, nodes, site)
            yield from _open(load)
        yield from _closed(nodes, people, room)


def _seat_writers(load: Load, nodes: Sequence[Node], people: Sequence[str], room: str) -> None:
    for number, node in enumerate(nodes):
        here = people[number::NODES]
        load.open(_writers(number), len(here), seat(node.port, "{room}"), tokens=here, rooms=[room])


def _seat_quiet(load: Load, nodes: Sequence[Node], site: Site) -> None:
    for number, node in enumerate(nodes):
        presenters = site.tokens("clinician", QUIET_ROOMS // NODES)
        rooms = open_cases(node, presenters)
        load.open(_quiet(number), len(rooms), seat(node.port, "{room}"), tokens=presenters, rooms=rooms)


def _open(load: Load) -> Iterator[Figure]:
    _posted(load, WARM_S)
    busy_percent()
    late_ms = _posted(load, SECONDS)
    busy = busy_percent()
    writers, quiet = ([_acks(load, name(number)) for number in range(NODES)] for name in (_writers, _quiet))
    what = f"{WRITERS} writers on {NODES} nodes in one room, {PER_S}/s in all: command to ack"
    yield Figure("contended", f"{what}, p50", max(acks.p50 for acks in writers), "ms")
    yield Figure("contended", f"{what}, p99", max(acks.p99 for acks in writers), "ms", at_most=50)
    yield Figure("contended", f"{what}, max", max(acks.max for acks in writers), "ms")
    beside = f"… in {QUIET_ROOMS} quiet rooms beside it"
    yield Figure("contended", f"{beside}: p99", max(acks.p99 for acks in quiet), "ms", at_most=10)
    yield Figure("contended", "… the client's own lateness in that: max", late_ms, "ms")
    yield Figure("contended", "… processors busy meanwhile, with everything", busy, "%")


def _closed(nodes: Sequence[Node], people: Sequence[str], room: str) -> Iterator[Figure]:
    places = [Place(nodes[number % NODES].port, token, room) for number, token in enumerate(people)]
    with Child(partial(Closed, places), exact_loop) as client:
        client.ask(Closed.sit)
        client.ask(Closed.post, WARM_S)
        result = client.ask(Closed.post, CLOSED_S)
    what = f"… each posts again when acked: {result.per_s:,.0f}/s, command to ack"
    yield Figure("contended", f"{what}, p50", result.acks.p50, "ms")
    yield Figure("contended", f"{what}, p99", result.acks.p99, "ms", at_most=250)


def _posted(load: Load, seconds: float) -> float:
    """Let all post at their rates; how late the client itself was at most."""
    for number in range(NODES):
        load.acks(_writers(number), reset=True)
        load.acks(_quiet(number), reset=True)
    begun = [load.posting(_writers(number), PER_S / NODES, seconds, post("{room}")) for number in range(NODES)]
    begun += [load.posting(_quiet(number), QUIET_PER_S / NODES, seconds, post("{room}")) for number in range(NODES)]
    late_ms = max(posting.result().late_max_ms for posting in begun)
    load.wait(1_000)
    return late_ms


def _acks(load: Load, group: str) -> Latencies:
    acked = load.acks(group)
    if acked.latencies is None or acked.errors:
        raise Failure(f"not all of {group} were acked: {acked.why or 'nothing came'}")
    return acked.latencies


def _writers(number: int) -> str:
    return f"writers{number}"


def _quiet(number: int) -> str:
    return f"quiet{number}"
