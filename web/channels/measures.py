"""What `/metrics` says of deliveries: how they ended, and how long after the notice they were sent."""

from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from persistence.channels.counts import LONGER_S, WITHIN_S, Counted, Counts


class DeliveryMeasures(Collector):
    """Of the whole deployment: whichever process has sent, all see the same."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        """Every number as it was a few seconds ago."""
        now = self._counted.now
        ended = CounterMetricFamily(
            "curbside_deliveries", "Notices by channel, and what came of them.", labels=["channel", "result"]
        )
        for key, number in now.ended.items():
            ended.add_metric(key, number)
        yield ended
        yield _times(now)
        yield GaugeMetricFamily("curbside_deliveries_waiting", "Deliveries whose time has come.", now.waiting)


def _times(now: Counts) -> HistogramMetricFamily:
    family = HistogramMetricFamily(
        "curbside_delivery_seconds", "From the notice until the other side has taken it.", labels=["channel"]
    )
    for kind, total_ms in now.total_ms.items():
        so_far, buckets = 0, []
        for bound in WITHIN_S:
            so_far += now.within.get((kind, bound), 0)
            buckets.append((str(float(bound)), so_far))
        buckets.append(("+Inf", so_far + now.within.get((kind, LONGER_S), 0)))
        family.add_metric([kind], buckets, total_ms / 1_000)
    return family
