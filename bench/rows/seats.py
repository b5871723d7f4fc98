"""What an idle observer's seat costs in memory."""

from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import seat
from bench.figures import Figure
from bench.load.load import Load
from bench.machine import tcp_memory_kib
from bench.sites import Sites, open_cases

SEATS: Final = 4_000
# The first ones make what is made once: compiled statements, buffers. That is no seat's.
FIRST: Final = 50
# Longer than a heartbeat: the server has asked every seat for a sign of life, and got it.
IDLE_MS: Final = 8_000


def measure(sites: Sites) -> Iterator[Figure]:
    """Memory before and after different observers took their seats in one open case and have fallen silent."""
    site = sites.embedded()
    with site.node() as node, Load() as load:
        first, tokens = site.tokens("observer", FIRST), site.tokens("observer", SEATS)
        (room,) = open_cases(node, site.tokens("clinician", 1))
        target = seat(node.port, room)
        load.open("first", FIRST, target, tokens=first)
        load.wait(IDLE_MS)
        rss_kib, kernel_kib = node.rss_kib(), tcp_memory_kib()
        load.open("seats", SEATS, target, tokens=tokens)
        load.wait(IDLE_MS)
        each_kib = (node.rss_kib() - rss_kib) / SEATS
        kernel_kib = max(0, tcp_memory_kib() - kernel_kib) / SEATS
        if lost := load.count("seats").lost:
            raise Failure(f"{lost} connections were lost")
    yield Figure("seats", f"memory of an idle observer's seat, {SEATS:,} of them", each_kib, "KiB", at_most=3, aim=2)
    yield Figure("seats", "… the kernel's TCP memory beside it, both ends", kernel_kib, "KiB")
