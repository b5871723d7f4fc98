"""The same room on the servers that others would take: they send what comes to everybody, and do nothing else."""

import time
from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import CONTRIBUTORS, SETTLE_S, VIEWERS
from bench.figures import Figure
from bench.load.load import Load, Target
from bench.machine import noted
from bench.peers.peers import Peer, Running, available, install
from bench.sites import Sites

PER_S: Final = 50
WARM_S: Final = 2
IDLE_S: Final = 2
CLOSEST: Final = ("floor", "bun")
# Of those that fall behind, what comes later than this is not waited for.
LATE_S: Final = 5.0


def measure(sites: Sites) -> Iterator[Figure]:
    """Each peer in turn, then how ours compares is for the reader: the figures have the same names."""
    for name, why in install().items():
        noted(f"{name} is left out: {why}")
    wanted = [peer for peer in available() if not sites.quick or peer.name in CLOSEST]
    for peer in wanted:
        yield from _measured(peer, sites)


def _measured(peer: Peer, sites: Sites) -> Iterator[Figure]:
    with Running(peer, sites.folder_for(peer.name)) as running, Load() as posters, Load() as readers:
        target = _target(peer, running.port)
        posters.open("posters", CONTRIBUTORS, target)
        time.sleep(IDLE_S)
        before_kib = running.rss_kib()
        readers.open("readers", VIEWERS, target, within_s=120)
        time.sleep(IDLE_S)
        seat_kib = (running.rss_kib() - before_kib) / VIEWERS
        posters.post("posters", PER_S, WARM_S, peer.template, acks=False)
        time.sleep(LATE_S)
        posters.count("posters", reset=True)
        readers.count("readers", reset=True)
        cpu_s = running.cpu_s()
        posted = posters.post("posters", PER_S, _seconds(peer, sites), peer.template, acks=False)
        time.sleep(SETTLE_S if sites.quick else LATE_S)
        cpu_s = running.cpu_s() - cpu_s
        to_posters, to_readers = posters.count("posters"), readers.count("readers")
    delivered = to_posters.stamps + to_readers.stamps
    if to_posters.latencies is None or to_readers.latencies is None:
        raise Failure(f"{peer.name} delivered nothing")
    what = peer.what
    yield Figure("peers", f"{what}: delivered", 100 * delivered / posted.sent / (CONTRIBUTORS + VIEWERS), "%")
    yield Figure("peers", f"{what}: CPU a delivery", 1e6 * cpu_s / delivered, "µs")
    yield Figure("peers", f"{what}: post to contributor, p99", to_posters.latencies.p99, "ms")
    yield Figure("peers", f"{what}: post to contributor, max", to_posters.latencies.max, "ms")
    yield Figure("peers", f"{what}: post to viewer, p50", to_readers.latencies.p50, "ms")
    yield Figure("peers", f"{what}: post to viewer, p99", to_readers.latencies.p99, "ms")
    yield Figure("peers", f"{what}: memory of an idle seat", seat_kib, "KiB")


def _seconds(peer: Peer, sites: Sites) -> float:
    """As long as ours for the two that matter most: what is the least possible, and the fastest."""
    return 5 if sites.quick else 120 if peer.name in CLOSEST else 60


def _target(peer: Peer, port: int) -> Target:
    return Target(
        port=port,
        path=peer.path,
        subprotocol=peer.subprotocol,
        init=peer.init,
        ready="PONG" if peer.init else "",
        binary=peer.binary,
        raw=peer.raw,
    )
