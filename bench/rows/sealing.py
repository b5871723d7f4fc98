"""How long after its close a long case is archived, signed and proved."""

from collections.abc import Iterator
from typing import Final

from bench.failures import Failure
from bench.famous import CONTRIBUTORS, post, seat
from bench.figures import Figure
from bench.load.load import Load
from bench.sites import FASTER, Sites, open_cases

EVENTS: Final = 10_000
PER_S: Final = 1_500
SETTLE_MS: Final = 3_000


def measure(sites: Sites) -> Iterator[Figure]:
    """From the presenter's `close` to the `sealed` event at their seat."""
    site = sites.embedded(**FASTER)
    with site.node() as node, Load() as load:
        presenter, *others = site.tokens("clinician", 1) + site.tokens("physician", CONTRIBUTORS)
        (room,) = open_cases(node, [presenter])
        load.open("authors", CONTRIBUTORS, seat(node.port, room), tokens=others)
        load.open("presenter", 1, seat(node.port, room), tokens=[presenter])
        posted = load.post("authors", PER_S, EVENTS / PER_S, post(room))
        load.wait(SETTLE_MS)
        acked = load.acks("authors")
        if acked.acks < posted.sent:
            raise Failure(f"{posted.sent - acked.acks} posts were not acked: {acked.why}")
        close = f'{{"t":"close","id":"close","room":"{room}","disposition":"transferred","summary":"Transferred."}}'
        asked = load.ask("presenter", close, '"kind":"sealed"', every_ms=1)
    if asked.latencies is None:
        raise Failure("the case was not sealed")
    what = f"a case of {EVENTS:,} events: from `close` to archived and signed"
    yield Figure("sealing", what, asked.latencies.max / 1_000, "s", at_most=2)
