"""Ours beside the peers of the same run: as ratios, and as a picture."""

from collections.abc import Iterator, Sequence
from html import escape
from math import log10
from typing import Final, NamedTuple

from bench.figures import Figure

OURS: Final = "Curbside, each event on disk first"


class Metric(NamedTuple):
    """What all servers were measured by. `unit` as the figures have it."""

    name: str
    unit: str
    title: str


DELIVERED: Final = "delivered"
METRICS: Final = (
    Metric("post to contributor, p99", "ms", "Post to contributor, 99th percentile, ms (logarithmic, as all of these)"),
    Metric("post to viewer, p99", "ms", "Post to viewer, 99th percentile, ms"),
    Metric("CPU a delivery", "µs", "Server's CPU for a delivery, µs"),
    Metric("memory of an idle seat", "KiB", "Memory of an idle seat, KiB"),
)

WIDTH: Final = 900
LABEL: Final = 340
BAR: Final = 380
LINE: Final = 24
GAP: Final = 44
LEAST: Final = 0.5
STYLE: Final = (
    "text{font:14px system-ui,sans-serif;fill:#1b1f23}.title{font-weight:600}.bar{fill:#9aa5b1}.ours{fill:#0b6e5f}"
    "@media(prefers-color-scheme:dark){text{fill:#e6e8ea}.bar{fill:#6b7683}.ours{fill:#3fb8a3}}"
)


def of_server(figure: Figure) -> tuple[str, str]:
    """The server and the metric that a figure of the rows `room` and `peers` is of."""
    server, _, metric = figure.what.rpartition(": ")
    return server, metric


def ratios(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Each peer's figure over ours: above 1 where ours is better."""
    values = _values(figures)
    ours = values.pop(OURS, {})
    for server, theirs in values.items():
        for metric in METRICS:
            if ours.get(metric.name) and theirs.get(metric.name):
                yield Figure(
                    "ratio", f"{server} / ours: {metric.name}", theirs[metric.name] / ours[metric.name], "times"
                )


def picture(figures: Sequence[Figure]) -> str:
    """The same as bars, an SVG; lengths are logarithms, for the servers are far apart."""
    values = _values(figures)
    parts: list[str] = []
    y = 10
    for metric in METRICS:
        rows = sorted(
            (server for server in values if metric.name in values[server]), key=lambda one: values[one][metric.name]
        )
        y += GAP - LINE
        parts.append(f'<text class="title" x="0" y="{y + 5}">{escape(metric.title)}</text>')
        y += LINE
        most = max((values[server][metric.name] for server in rows), default=1.0)
        for server in rows:
            parts.append(_bar(y, server, values[server], metric, most))
            y += LINE
    height = y + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Curbside and other servers, measured in one run"><style>{STYLE}</style>{"".join(parts)}</svg>\n'
    )


def _bar(y: int, server: str, values: dict[str, float], metric: Metric, most: float) -> str:
    value = values[metric.name]
    length = max(2.0, BAR * log10(max(value, LEAST) / LEAST) / log10(max(most, 10 * LEAST) / LEAST))
    share = values.get(DELIVERED, 100.0)
    lost = f" ({share:.0f} % delivered)" if share < 99.9 and metric.unit != "KiB" else ""
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
    kind = "bar ours" if server == OURS else "bar"
    return (
        f'<text x="{LABEL - 8}" y="{y + 5}" text-anchor="end">{escape(server.partition(",")[0])}</text>'
        f'<rect class="{kind}" x="{LABEL}" y="{y - 8}" width="{length:.1f}" height="16" rx="3"/>'
        f'<text x="{LABEL + length + 6:.1f}" y="{y + 5}">{shown}{lost}</text>'
    )


def _values(figures: Sequence[Figure]) -> dict[str, dict[str, float]]:
    names = {DELIVERED, *(metric.name for metric in METRICS)}
    values: dict[str, dict[str, float]] = {}
    for figure in figures:
        server, metric = of_server(figure)
        if metric in names and (figure.row == "peers" or server == OURS):
            values.setdefault(server, {})[metric] = figure.value
    return values
