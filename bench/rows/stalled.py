"""A thousand readers who do not read."""

from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.machine import tcp_memory_kib
from bench.sites import Sites, open_cases

STALLED: Final = 1_000
PER_S: Final = 50
# They are closed after 10 s: this is just before.
SECONDS: Final = 9
TOO_SLOW: Final = 4408
# A phone's, not loopback's: what lies in the reader's kernel is not ours to count.
RCVBUF_BYTES: Final = 4_096
TEXT: Final = "{stamp} {pad:3000}"


def measure(sites: Sites) -> Iterator[Figure]:
    """Memory and the others' latency while they stall, and that they are closed as too slow."""
    site = sites.embedded()
    with site.node() as node, Load() as others, Load() as slow:
        presenter, *authors = site.tokens("clinician", 1) + site.tokens("physician", 9)
        (room,) = open_cases(node, [presenter])
        others.open("others", 10, seat(node.port, room), tokens=[presenter, *authors])
        target = seat(node.port, room, "follow", rcvbuf_bytes=RCVBUF_BYTES)
        slow.open("slow", STALLED, target, tokens=site.tokens("physician", STALLED))
        others.post("others", PER_S, 3, post(room))
        calm = others.count("others", reset=True)
        rss_kib, kernel_kib = node.rss_kib(), tcp_memory_kib()
        slow.stall("slow")
        others.post("others", PER_S, SECONDS, post(room, TEXT))
        rss_kib, kernel_kib = node.rss_kib() - rss_kib, tcp_memory_kib() - kernel_kib
        stalled = others.count("others", reset=True)
        others.wait(6_000)
        slow.resume("slow")
        others.wait(2_000)
        ended = slow.count("slow")
    if calm.latencies is None or stalled.latencies is None:
        raise Failure("nothing was delivered")
    what = f"{STALLED:,} stalled readers"
    yield Figure("stalled", f"{what}: memory, with the kernel's", (rss_kib + kernel_kib) / 1_024, "MiB", at_most=64)
    yield Figure("stalled", "… of it the process", rss_kib / 1_024, "MiB")
    yield Figure("stalled", "… of it the kernel's TCP pages, both ends", kernel_kib / 1_024, "MiB")
    yield Figure("stalled", f"{what}: post to contributor, p99, before", calm.latencies.p99, "ms")
    yield Figure("stalled", f"{what}: post to contributor, p99, meanwhile", stalled.latencies.p99, "ms", at_most=8)
    yield Figure("stalled", f"{what}: closed after 10 s", ended.lost, "", at_least=STALLED)
