"""What one web process measures of itself: docs/operate.md says what each figure means."""

from collections.abc import Callable

from persistence.backlog import Backlog
from persistence.channels.counts import Counted
from persistence.figures.book import WaitBook
from realtime.hub import Hub
from web.api.metrics import Metrics
from web.channels.measures import DeliveryMeasures
from web.waiting import WaitHistograms


def measures(
    hub: Hub, backlog: Backlog, disks: Callable[[], int | None], waits: WaitBook, deliveries: Counted
) -> Metrics:
    """Everything that `/metrics` gives. `disks`: on how many a commit stands, None where that is not known yet."""
    node, counts, pulse = hub.node, hub.node.backplane.counts, hub.pulse
    metrics = Metrics()
    for name, what, value in (
        ("connections", "Open connections.", lambda: len(hub.connections)),
        ("event_streams", "Those of them that are no WebSockets.", lambda: hub.connections.streams),
        ("rooms", "Rooms held in memory.", lambda: len(hub.rooms)),
        ("journal_up", "1 while the journal answers.", lambda: pulse.journal_ok),
        ("backplane_up", "1 while the backplane answers.", lambda: pulse.backplane_ok),
        ("backplane_bypassed", "1 while the journal is asked four times a second instead.", lambda: pulse.doubtful),
        ("disks", "Disks on which a commit stands before its ack.", lambda: disks() or 0),
        ("worker_backlog", "Closed cases, and outcomes after it, that wait for a seal.", lambda: backlog.now.rooms),
        ("worker_lag_seconds", "For how long the first of them has waited.", lambda: backlog.lag_s),
        ("worker_set_aside", "Cases that could not be sealed.", lambda: backlog.now.aside),
        ("archive_unwritable", "Cases that wait for the archive's folder.", lambda: backlog.now.unwritable),
    ):
        metrics.add("gauge", name, what, value)
    for name, what, value in (
        ("backplane_published", "Messages that the backplane has taken.", lambda: counts.published),
        ("backplane_received", "Messages that the backplane has brought.", lambda: counts.received),
        ("backplane_dropped", "Messages that the backplane has not taken.", lambda: counts.dropped),
        ("backplane_reconnects", "Lines to the backplane that were replaced.", lambda: counts.reconnects),
        ("backplane_forged", "Payloads on it that no node of ours sealed.", lambda: node.envelope.forged),
        ("journal_went_back", "Rooms of which the journal lacks what was told.", lambda: node.went_back.alarms),
        ("journal_unknown_positions", "Clients who hold what the journal lacks.", lambda: node.went_back.positions),
    ):
        metrics.add("counter", name, what, value)
    metrics.register(WaitHistograms(waits))
    metrics.register(DeliveryMeasures(deliveries))
    return metrics
