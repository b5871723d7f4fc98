"""What an idle observer's seat costs in memory."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Final

import uvloop

from bench.child import Child
from bench.crowd import Crowd
from bench.failures import Failure
from bench.figures import Figure
from bench.machine import tcp_memory_kib
from bench.sites import Sites, open_cases

STEP: Final = 2_000
STEPS: Final = 2
# The first ones make what is made once: compiled statements, buffers. That is no seat's.
FIRST: Final = 50
# Longer than a heartbeat: the server has asked every seat for a sign of life, and got it.
IDLE_S: Final = 8.0


def measure(sites: Sites) -> Iterator[Figure]:
    """Memory before and after different observers took their seats in one open case and have fallen silent."""
    site = sites.embedded()
    with site.node() as node:
        first, tokens = site.tokens("observer", FIRST), site.tokens("observer", STEP * STEPS)
        (room,) = open_cases(node, site.tokens("clinician", 1))
        with Child(partial(Crowd, node.port, room, None), uvloop.new_event_loop) as crowd:
            crowd.ask(Crowd.seat, first)
            rss_kib, kernel_kib = node.rss_kib(), tcp_memory_kib()
            for seats in range(STEP, STEP * STEPS + 1, STEP):
                crowd.ask(Crowd.seat, tokens[seats - STEP : seats])
                _fall_silent(crowd)
                each_kib = (node.rss_kib() - rss_kib) / seats
                yield Figure(
                    "seats", f"memory of an idle observer's seat, {seats:,} more of them", each_kib, "KiB", at_most=4
                )
            each_kib = max(0, tcp_memory_kib() - kernel_kib) / (STEP * STEPS)
            yield Figure("seats", "… the kernel's TCP memory beside it, both ends", each_kib, "KiB")


def _fall_silent(crowd: Child[Crowd]) -> None:
    time.sleep(IDLE_S)
    if lost := crowd.ask(Crowd.count).lost:
        raise Failure(f"{lost} connections were lost")
