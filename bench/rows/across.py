"""How much later than its author's ack an event reaches a seat on another node."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from bench.child import Child
from bench.figures import Figure
from bench.machine import busy_percent
from bench.paced import Paced, Place, exact_loop
from bench.sites import Sites, open_cases

ROOMS: Final = 20
PER_S: Final = 100
WARM_S: Final = 2
SECONDS: Final = 10


def measure(sites: Sites) -> Iterator[Figure]:
    """The spread of that difference, through Redis and PostgreSQL. One process hears both: one clock."""
    site = sites.shared()
    with site.node() as here, site.node() as there:
        clinicians, physicians = site.tokens("clinician", ROOMS), site.tokens("physician", ROOMS)
        rooms = open_cases(here, clinicians)
        authors = [Place(here.port, token, room) for token, room in zip(clinicians, rooms, strict=True)]
        listeners = [Place(there.port, token, room) for token, room in zip(physicians, rooms, strict=True)]
        with Child(partial(Paced, authors, listeners), exact_loop) as client:
            client.ask(Paced.sit)
            client.ask(Paced.post, PER_S, WARM_S)
            busy_percent()
            result = client.ask(Paced.post, PER_S, SECONDS)
            busy = busy_percent()
    assert result.arrivals is not None and result.after_acks is not None
    what = f"ack on one node to arrival on the other, {PER_S}/s over {ROOMS} rooms"
    yield Figure("across", f"{what}: p50", result.after_acks.p50, "ms")
    yield Figure("across", f"{what}: p99", result.after_acks.p99, "ms", at_most=5)
    yield Figure("across", f"{what}: max", result.after_acks.max, "ms")
    yield Figure("across", "… command to ack: p99", result.acks.p99, "ms")
    yield Figure("across", "… command to arrival: p99", result.arrivals.p99, "ms")
    yield Figure("across", "… processors busy meanwhile, with everything", busy, "%")
