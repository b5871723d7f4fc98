"""How long the figures of a million archived events take to be made, and to be read."""

import time
from collections.abc import Iterator
from typing import Final
from urllib.request import Request, urlopen

from bench.archive import EVENTS_A_CASE, cases, rows
from bench.bulk import asked, insert
from bench.failures import Failure
from bench.figures import Figure
from bench.node import Node
from bench.sites import Site, Sites

EVENTS: Final = 1_000_000
MADE_WITHIN_S: Final = 180.0
ANSWER_WITHIN_S: Final = 60.0
READS: Final = {
    "the page's: times, tallies, thirds": ("times?{0}", "tallies?{0}", "thirds?{0}"),
    "the same of one specialty": ("times?{1}", "tallies?{1}", "thirds?{1}"),
    "times by acuity": ("times?specialty=*",),
    "tallies by specialty and acuity, of a month": ("tallies?from={2}&to={2}",),
    "thirds by country": ("thirds?country=each&acuity=*&specialty=*",),
    "all of a year by country as CSV: times": ("times.csv?country=each&acuity=*&specialty=*",),
    "all of a year by country as CSV: tallies": ("tallies.csv?country=each&acuity=*&specialty=*",),
    "all of a year by country as Parquet: tallies": ("tallies.parquet?country=each&acuity=*&specialty=*",),
}
OUTSIDE: Final = ("times", "tallies", "thirds")


def measure(sites: Sites) -> Iterator[Figure]:
    """On SQLite and on PostgreSQL."""
    for database, site in (("SQLite", sites.embedded()), ("PostgreSQL", sites.postgres())):
        yield from _measured(database, site, sites)


def _measured(database: str, site: Site, sites: Sites) -> Iterator[Figure]:
    physician, observer = *site.tokens("physician", 1), *site.tokens("observer", 1)
    until_ms = int(time.time() * 1_000)
    found = cases(EVENTS // EVENTS_A_CASE, until_ms)
    for table, of in rows(found):
        insert(site.database, table, of, sites.folder)
    with site.node() as node:
        whole = f"figures of {EVENTS:,} archived events, {database}"
        yield Figure("insights", f"{whole}: made from all rows of 13 months", _made_s(site), "s")
        chosen = ("acuity=*&specialty=*", "acuity=*&specialty=specialty_00", found[len(found) // 2].month)
        for what, paths in READS.items():
            taken_s = sum(_read_s(node, path.format(*chosen), physician) for path in paths)
            yield Figure("insights", f"… {what}", taken_s, "s", at_most=2)
        taken_s = sum(_read_s(node, path, observer) for path in OUTSIDE)
        yield Figure("insights", "… an observer's, made from all cases that they may observe", taken_s, "s", at_most=2)
        again_s = sum(_read_s(node, path, observer) for path in OUTSIDE)
        yield Figure("insights", "… the same again", again_s, "s", at_most=2)


def _made_s(site: Site) -> float:
    """How long all months take, from the first that was made on: of the first that is not known."""
    left = "SELECT COUNT(*) FROM figure_month WHERE version <> made"
    first = now = asked(site.database, left)
    first_s = began_s = time.monotonic()
    while now:
        if time.monotonic() > began_s + MADE_WITHIN_S:
            raise Failure("the months were not made")
        time.sleep(0.02)
        before, now = now, asked(site.database, left)
        if before == first != now:
            first_s = time.monotonic()
    return (time.monotonic() - first_s) * first / max(1, first - 1)


def _read_s(node: Node, path: str, token: str) -> float:
    asking = Request(f"{node.url}/api/insights/{path}", headers={"Authorization": f"Bearer {token}"})
    began_s = time.monotonic()
    with urlopen(asking, timeout=ANSWER_WITHIN_S) as answer:
        answer.read()
    return time.monotonic() - began_s
