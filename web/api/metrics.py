"""`GET /metrics` in Prometheus' text format: numbers of this process, never who or what."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Kind = Literal["gauge", "counter"]
Value = Callable[[], float | Mapping[str, float]]


class Metrics:
    """`/metrics`: what the parts of the app count themselves, read when it is asked for."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def add(self, kind: Kind, name: str, help: str, value: Value, label: str = "") -> None:
        """Show `curbside_<name>`. With `label`, `value` returns one number for each of its values."""
        self._registry.register(_Reading(kind, f"curbside_{name}", help, value, label))

    def register(self, collector: Collector) -> None:
        """Show what this one says."""
        self._registry.register(collector)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/metrics", self.show, methods=["GET"])]

    async def show(self, _: Request) -> Response:
        """Every number as it is now."""
        headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        return Response(generate_latest(self._registry), headers=headers, media_type=CONTENT_TYPE_LATEST)


class _Reading(Collector):
    def __init__(self, kind: Kind, name: str, help: str, value: Value, label: str) -> None:
        self._family = GaugeMetricFamily if kind == "gauge" else CounterMetricFamily
        self._name = name
        self._help = help
        self._value = value
        self._label = label

    def describe(self) -> Iterator[Metric]:
        """Its name, so that a second one of the same name is refused."""
        yield self._family(self._name, self._help)

    def collect(self) -> Iterator[Metric]:
        family = self._family(self._name, self._help, labels=[self._label] if self._label else [])
        value = self._value()
        for of, number in value.items() if isinstance(value, Mapping) else [("", value)]:
            family.add_metric([of] if self._label else [], number)
        yield family
