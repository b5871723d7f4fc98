"""The famous case, live: what it costs those who work in it that thousands watch."""

import time
from collections.abc import Iterator
from typing import Final

from bench.compare import OURS
from bench.famous import Famous, Run, famous
from bench.figures import Figure
from bench.machine import busy_percent
from bench.sites import Sites

WARM_S: Final = 3
BUSY_PER_S: Final = 50
CALM_PER_S: Final = 5
STEPS: Final = 100
STEP_EVERY_MS: Final = 100


def measure(sites: Sites) -> Iterator[Figure]:
    """Busy, calm, and while viewers step up; all of it on one server."""
    with famous(sites) as case:
        case.post(BUSY_PER_S, WARM_S)
        busy_percent()
        run = case.post(BUSY_PER_S, 8 if sites.quick else 120)
        yield from _busy(run, busy_percent())
        yield Figure("room", f"{OURS}: memory of an idle seat", case.seat_kib, "KiB")
        yield from _calm(case.post(CALM_PER_S, 5 if sites.quick else 60))
        if not sites.quick:
            yield _step_up(case)


def _busy(run: Run, busy: float) -> Iterator[Figure]:
    what = OURS
    yield Figure("room", f"{what}: delivered", run.share, "%", at_least=100)
    yield Figure("room", f"{what}: CPU a delivery", run.cpu_us, "µs", at_most=5, aim=3.5)
    yield Figure("room", f"{what}: post to contributor, p50", run.contributors.p50, "ms")
    yield Figure("room", f"{what}: post to contributor, p99", run.contributors.p99, "ms", at_most=8, aim=5)
    yield Figure("room", f"{what}: post to contributor, p99.9", run.contributors.p999, "ms", at_most=25)
    yield Figure("room", f"{what}: post to contributor, max", run.contributors.max, "ms", at_most=100)
    yield Figure("room", f"{what}: post to viewer, p50", run.readers.p50, "ms")
    yield Figure("room", f"{what}: post to viewer, p99", run.readers.p99, "ms", at_most=130, aim=80)
    yield Figure("room", f"{what}: post to viewer, max", run.readers.max, "ms")
    yield Figure("room", "… the posting client's own lateness in that: max", run.late_ms, "ms")
    yield Figure("room", "… processors busy meanwhile, with everything", busy, "%")


def _calm(run: Run) -> Iterator[Figure]:
    what = f"the same room, {CALM_PER_S}/s"
    yield Figure("room", f"{what}: delivered", run.share, "%", at_least=100)
    yield Figure("room", f"{what}: CPU a delivery", run.cpu_us, "µs", at_most=10)
    yield Figure("room", f"{what}: post to contributor, p99", run.contributors.p99, "ms", at_most=5)


def _step_up(case: Famous) -> Figure:
    """From `step_up` to the ack of the first post after it, which is sent in the same moment."""
    seconds = STEPS * STEP_EVERY_MS / 1_000
    posting = case.contributors.posting(
        "contributors",
        BUSY_PER_S,
        seconds + 1,
        f'{{"t":"post","id":"{{id}}","room":"{case.room}","text":"{{pad:273}}"}}',
    )
    time.sleep(0.5)
    asked = case.readers.ask(
        "viewers",
        f'{{"t":"step_up","id":"s{{n}}","room":"{case.room}"}}',
        '"re":"s{n}"',
        every_ms=STEP_EVERY_MS,
        count=STEPS,
    )
    posting.result()
    assert asked.latencies is not None
    what = f"… `step_up` to its ack, {STEPS} viewers meanwhile, {BUSY_PER_S}/s: p99"
    return Figure("room", what, asked.latencies.p99, "ms", at_most=10)
