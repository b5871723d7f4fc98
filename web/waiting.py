"""`curbside_case_wait_seconds`: how long cases wait for what, as histograms for Prometheus."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from prometheus_client import Metric
from prometheus_client.metrics_core import HistogramMetricFamily
from prometheus_client.registry import Collector

from persistence.figures.book import WaitBook
from persistence.figures.histograms import Histogram
from persistence.figures.quantiles import BUCKETS_S

NAME: Final = "curbside_case_wait_seconds"
WHAT: Final = "From the opening of cases until something has happened, all nodes together."
BOUNDS: Final = (*map(str, BUCKETS_S), "+Inf")


class WaitHistograms(Collector):
    """One histogram for each measure, acuity and specialty, as the workers have counted them."""

    def __init__(self, book: WaitBook) -> None:
        self._book = book

    def describe(self) -> Iterator[Metric]:
        """Its name, so that a second one of the same name is refused."""
        yield HistogramMetricFamily(NAME, WHAT)

    def collect(self) -> Iterator[Metric]:
        family = HistogramMetricFamily(NAME, WHAT, labels=["until", "acuity", "specialty"])
        for one in self._book.now:
            family.add_metric(list(one.series), _cumulative(one), one.sum_ms / 1_000)
        yield family


def _cumulative(one: Histogram) -> list[tuple[str, float]]:
    return [(bound, float(n)) for bound, n in zip(BOUNDS, accumulate(one.counts), strict=True)]
